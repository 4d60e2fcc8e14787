// What set-up asks of a machine: each thing that is missing is one line with its remedy.
// slow: starts processes

import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {describe, it} from 'node:test';
import {findCompiler} from '../../setup/addon.mjs';
import {explain, reason} from '../../setup/failure.mjs';
import {checkPlatform} from '../../setup/platform.mjs';
import {askPython, cleanEnvironment, findPython, pipNews} from '../../setup/python.mjs';
import {nodeProblem} from '../../setup/run.cjs';
import {checkSpace} from '../../setup/space.mjs';
import {tensorflowWheel} from '../../setup/tensorflow.mjs';

/** The message of what a call throws, which must be one line. */
function line(call: () => unknown): string {
  let message = '';
  assert.throws(call, (error: Error) => {
    message = error.message;
    return error.name === 'Failure';
  });
  assert.ok(!message.includes('\n'), message);
  return message;
}

describe('Node', () => {
  it('is refused below the version that package.json asks for', () => {
    for (const old of ['12.22.9', '18.20.4', '20.18.3'])
      assert.match(
        nodeProblem(old, '>=20.19') ?? '',
        new RegExp(`Node ${old} is too old: install Node 20.19 or newer`),
      );
    for (const good of ['20.19.0', '20.20.2', '22.0.0', '24.1.0']) assert.equal(nodeProblem(good, '>=20.19'), null);
  });

  it('is checked in a file that Node 12 can read', () => {
    const source = fs.readFileSync(path.join(__dirname, '..', '..', 'setup', 'run.cjs'), 'utf8');
    const code = source.replace(/\/\/.*|\/\*.*\*\/|'[^']*'/g, '');
    assert.doesNotMatch(code, /=>|`|\?\?|\?\.|\bconst\b|\blet\b|\basync\b|\.\.\./);
  });
});

describe('platform', () => {
  it('is Linux or an Apple-silicon Mac', () => {
    for (const [platform, arch] of [
      ['linux', 'x64'],
      ['linux', 'arm64'],
      ['darwin', 'arm64'],
    ] as const)
      checkPlatform({platform, arch, musl: false});
    assert.match(
      line(() => checkPlatform({platform: 'win32', arch: 'x64', musl: false})),
      /use WSL2/,
    );
    assert.match(
      line(() => checkPlatform({platform: 'darwin', arch: 'x64', musl: false})),
      /Intel Macs stop at 2\.16.*Apple-silicon/,
    );
    assert.match(
      line(() => checkPlatform({platform: 'linux', arch: 'riscv64' as 'x64', musl: false})),
      /no wheel for linux on riscv64/,
    );
    assert.match(
      line(() => checkPlatform({platform: 'linux', arch: 'x64', musl: true})),
      /Alpine.*glibc/,
    );
  });
});

describe('findPython', () => {
  type Python = {program: string; version: string; minor: number; venv: boolean; wide: boolean};
  const python = (program: string, minor: number, more: Partial<Python> = {}): Python => ({
    program,
    version: `3.${minor}.1`,
    minor,
    venv: true,
    wide: true,
    ...more,
  });
  const find = (found: Python[], chosen = '') =>
    findPython({ask: (program: string) => found.find(one => one.program === program) ?? null, chosen});

  it('takes the newest that TensorFlow has wheels for', () => {
    assert.equal(
      find([python('python3', 14), python('python3.10', 10), python('python3.12', 12)]).program,
      'python3.12',
    );
    assert.equal(find([python('python3', 11)]).program, 'python3');
  });

  it('takes the one that SSL_PYTHON names and no other', () => {
    assert.equal(find([python('python3.12', 12), python('/opt/python', 10)], '/opt/python').program, '/opt/python');
    assert.match(
      line(() => find([python('python3.12', 12)], '/nowhere/python')),
      /SSL_PYTHON=\/nowhere\/python is no Python that runs/,
    );
  });

  it('passes over one without venv, and names the package when there is no other', () => {
    assert.equal(find([python('python3.13', 13, {venv: false}), python('python3.11', 11)]).program, 'python3.11');
    assert.match(
      line(() => find([python('python3.11', 11, {venv: false})])),
      /Python 3\.11\.1 \(python3\.11\) has no venv module.*apt install python3\.11-venv/,
    );
  });

  it('says what was found when none will do', () => {
    assert.match(
      line(() => find([])),
      /no Python found: install Python 3\.10 to 3\.13/,
    );
    assert.match(
      line(() => find([python('python3', 9)])),
      /Python 3\.9\.1 \(python3\) found, TensorFlow needs 3\.10 to 3\.13: install/,
    );
    assert.match(
      line(() => find([python('python3', 14)])),
      /3\.14\.1/,
    );
    assert.match(
      line(() => find([python('python3', 11, {wide: false})])),
      /32-bit/,
    );
  });

  it('asks a real Python, and is not misled by what is none', () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'python-'));
    const script = (name: string, text: string) => {
      fs.writeFileSync(path.join(folder, name), `#!/bin/sh\n${text}\n`, {mode: 0o755});
      return path.join(folder, name);
    };
    const real = path.join(__dirname, '..', '..', '.venv', 'bin', 'python');
    assert.deepEqual((({venv, wide}) => ({venv, wide}))(askPython(real)!), {venv: true, wide: true});
    assert.equal(askPython(script('shim', 'echo "pyenv: python3.12: command not found" >&2; exit 127')), null);
    assert.equal(askPython(path.join(folder, 'missing')), null);
    fs.rmSync(folder, {recursive: true});
  });

  it('is not led astray by the shell of a user', () => {
    const env = cleanEnvironment({
      PYTHONPATH: '/elsewhere',
      PYTHONHOME: '/elsewhere',
      PIP_TARGET: '/elsewhere',
      PIP_USER: '1',
      HTTPS_PROXY: 'proxy',
      PATH: '/bin',
    });
    assert.deepEqual(env, {
      HTTPS_PROXY: 'proxy',
      PATH: '/bin',
      PIP_USER: '0',
      PIP_NO_INPUT: '1',
      PIP_DISABLE_PIP_VERSION_CHECK: '1',
    });
  });
});

describe('tensorflowWheel', () => {
  const linux = {platform: 'linux', arch: 'x64', driver: null, forced: '', installed: undefined} as const;
  const requirement = (options: object) => tensorflowWheel({...linux, ...options}).requirement;

  it('has CUDA where a driver answers', () => {
    assert.equal(requirement({}), 'tensorflow-cpu==2.21.0');
    assert.equal(requirement({driver: 'NVIDIA H100'}), 'tensorflow[and-cuda]==2.21.0');
    assert.match(tensorflowWheel({...linux, driver: 'NVIDIA H100'}).why, /NVIDIA driver answers: NVIDIA H100/);
  });

  it('is the plain one where there is no other', () => {
    assert.equal(requirement({arch: 'arm64', driver: 'NVIDIA GB10'}), 'tensorflow==2.21.0');
    assert.equal(requirement({platform: 'darwin', arch: 'arm64'}), 'tensorflow==2.21.0');
  });

  it('is forced by the environment', () => {
    assert.equal(requirement({driver: 'NVIDIA H100', forced: 'cpu'}), 'tensorflow-cpu==2.21.0');
    assert.equal(requirement({forced: 'gpu'}), 'tensorflow[and-cuda]==2.21.0');
    assert.match(
      line(() => requirement({forced: 'cuda'})),
      /SSL_TENSORFLOW=cuda: expected cpu or gpu/,
    );
    assert.match(
      line(() => requirement({forced: 'gpu', arch: 'arm64'})),
      /no CUDA wheel for linux on arm64/,
    );
  });

  it('keeps the CUDA wheel when the driver is silent for once', () => {
    assert.equal(requirement({installed: 'tensorflow[and-cuda]==2.21.0'}), 'tensorflow[and-cuda]==2.21.0');
    assert.equal(requirement({installed: 'tensorflow[and-cuda]==2.21.0', forced: 'cpu'}), 'tensorflow-cpu==2.21.0');
    assert.equal(requirement({installed: 'tensorflow[and-cuda]==2.20.0'}), 'tensorflow-cpu==2.21.0');
  });
});

describe('findCompiler', () => {
  it('takes CXX, else the first that runs', () => {
    assert.deepEqual(findCompiler({chosen: 'ccache clang++', runs: () => true}), ['ccache', 'clang++']);
    assert.deepEqual(findCompiler({chosen: '', runs: ([word]: string[]) => word !== 'g++'}), ['clang++']);
    assert.equal(findCompiler({chosen: '', runs: () => false}), null);
    assert.match(
      line(() => findCompiler({chosen: 'icc', runs: () => false})),
      /CXX=icc is no compiler that runs/,
    );
  });
});

describe('explain', () => {
  const said = (output: string) =>
    line(() => {
      throw explain('npm packages', output, '.setup/packages.log');
    });

  it('names the cause that installers hide in their output', () => {
    assert.match(
      said('npm error code ENOTFOUND\nnpm error network request to https://registry failed'),
      /^npm packages: no network \(ENOTFOUND\): check the connection or the proxy/,
    );
    assert.match(
      said(
        "WARNING: Retrying after connection broken by 'NewConnectionError'\nERROR: No matching distribution " +
          'found for jupyterlab==4.6.6',
      ),
      /no network/,
    );
    assert.match(
      said('ERROR: No matching distribution found for tensorflow-cpu==2.21.0'),
      /PyPI has no tensorflow-cpu==2\.21\.0.*SSL_PYTHON/,
    );
    assert.match(said('OSError: [Errno 28] No space left on device'), /no disk space left: free some/);
    assert.match(said('npm error code SELF_SIGNED_CERT_IN_CHAIN'), /certificate is not trusted.*NODE_EXTRA_CA_CERTS/);
    assert.match(said("npm error EACCES: permission denied, mkdir 'node_modules'"), /no permission to write/);
    assert.match(
      said('npm error `npm ci` can only install packages when your package.json and package-lock.json are in sync'),
      /run `npm install`/,
    );
    assert.match(said('SIGILL'), /AVX/);
  });

  it('otherwise quotes the line that tells most, and says where the rest is', () => {
    assert.match(
      said('reading\ntfjs_backend.cc:12: error: expected expression\n1 warning generated.'),
      /npm packages failed: tfjs_backend\.cc:12: error: expected expression \(log: \.setup\/packages\.log\)/,
    );
    assert.match(said(''), /ended without a word/);
  });
});

describe('reason', () => {
  const log = [
    '2026-01-02 03:04:05.678901: E external/local_xla/xla/stream_executor/cuda/cuda_platform.cc:51] ' +
      'failed call to cuInit: INTERNAL: CUDA error: Failed call to cuInit: UNKNOWN ERROR (303)',
    'E0000 00:00:1767322800.123456   12345 cuda_dnn.cc:8579] Unable to register cuDNN factory: Permission denied',
  ];

  it('is the error of a Node program, not its frames nor what TensorFlow logs meanwhile', () => {
    const thrown = [
      'node:internal/modules/cjs/loader:1207',
      '  const err = new Error(message);',
      '              ^',
      '',
      "Error: Cannot find module '../lib/schedules.ts'",
      'Require stack:',
      '- /project/setup/measure.cjs',
      '    at Module._resolveFilename (node:internal/modules/cjs/loader:1207:15)',
      '    at Object.onError (/project/error.js:3:4) {',
      "  code: 'MODULE_NOT_FOUND',",
      '}',
      '',
      'Node.js v20.20.2',
    ];
    assert.equal(reason([...log, ...thrown].join('\n')), "Error: Cannot find module '../lib/schedules.ts'");
    assert.equal(
      line(() => {
        throw explain('The engine', [...log, ...thrown].join('\n'), 'log');
      }),
      "The engine failed: Error: Cannot find module '../lib/schedules.ts' (log: log)",
    );
  });

  it('is the last error of a Python program; without one the last line', () => {
    assert.equal(
      reason(
        "Traceback (most recent call last):\nKeyError: 'a'\n\nDuring handling:\n  " +
          'raise\npkg.errors.WheelError: no wheel failed\n',
      ),
      'pkg.errors.WheelError: no wheel failed',
    );
    assert.equal(reason(`one\ntwo\n${log[0]}`), 'two');
    assert.equal(reason(log[0]!), log[0]);
  });
});

describe('disk and pip', () => {
  it('refuses to begin without the space it needs', () => {
    checkSpace(4e9, 3e9, '/project');
    assert.match(
      line(() => checkSpace(1.2e9, 3.2e9, '/project')),
      /1\.2 GB of disk space are free in \/project, the set-up needs 3\.2 GB: free some/,
    );
  });

  it('tells large downloads and the long end of pip', () => {
    assert.equal(
      pipNews('  Downloading tensorflow_cpu-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl (274.7 MB)'),
      'downloading tensorflow_cpu 2.21.0, 274.7 MB',
    );
    assert.equal(
      pipNews('Downloading nvidia_cudnn_cu12-9.3.0.75-py3-none-manylinux2014_x86_64.whl (1.1 GB)'),
      'downloading nvidia_cudnn_cu12 9.3.0.75, 1.1 GB',
    );
    assert.equal(pipNews('  Downloading absl_py-2.5.1-py3-none-any.whl (137 kB)'), null);
    assert.equal(pipNews('Installing collected packages: a, b, c'), 'unpacking 3 packages');
  });
});
