// Finds a Python that TensorFlow has wheels for, and builds the project's own environment with it.

import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import {run} from './child.mjs';
import {explain, Failure} from './failure.mjs';
import {logged} from './log.mjs';
import {bytesText} from './progress.mjs';
import {folderBytes} from './space.mjs';

const oldest = 10;
const newest = 13;
const names = ['python3.13', 'python3.12', 'python3.11', 'python3.10', 'python3'];

const question = `
import importlib.util, json, platform, sys
has = lambda name: importlib.util.find_spec(name) is not None
print(json.dumps({'version': platform.python_version(), 'minor': sys.version_info[1] if sys.version_info[0] == 3 else -1,
                  'venv': has('venv') and has('ensurepip'), 'wide': sys.maxsize > 2 ** 32}))`;

/**
 * What a program says of itself as a Python, or null when it is none.
 *
 * @typedef {{program: string, version: string, minor: number, venv: boolean, wide: boolean}} Python
 *
 * @param {string} program
 * @returns {Python | null}
 */
export function askPython(program) {
  const {status, stdout} = spawnSync(program, ['-I', '-c', question], {encoding: 'utf8', timeout: 20_000});
  if (status !== 0) return null;
  return {program, ...JSON.parse(stdout)};
}

/**
 * The first Python that will do.
 *
 * @param {object} [options]
 * @param {(program: string) => Python | null} [options.ask] Answers as {@link askPython}.
 * @param {string} [options.chosen] Value of SSL_PYTHON: that program and no other.
 * @throws Failure that names what was found and what is missing.
 */
export function findPython({ask = askPython, chosen = process.env.SSL_PYTHON} = {}) {
  const found = (chosen ? [chosen] : names).map(ask).filter(python => python !== null);
  const range = `3.${oldest} to 3.${newest}`;
  const remedy =
    `install Python ${range} (Debian, Ubuntu: \`apt install python3 python3-venv\`; macOS: \`brew ` +
    `install python@3.13\`) or name one in SSL_PYTHON`;
  if (found.length === 0)
    throw new Failure(chosen ? `SSL_PYTHON=${chosen} is no Python that runs` : 'no Python found', remedy);
  const fitting = found.filter(({minor}) => minor >= oldest && minor <= newest);
  if (fitting.length === 0)
    throw new Failure(
      `Python ${found.map(({version, program}) => `${version} (${program})`).join(', ')} found, TensorFlow ` +
        `needs ${range}`,
      remedy,
    );
  const wide = fitting.filter(python => python.wide);
  if (wide.length === 0)
    throw new Failure(`${fitting[0].program} is a 32-bit Python, TensorFlow needs 64 bits`, remedy);
  const complete = wide.find(({venv}) => venv);
  if (!complete) {
    const [{program, version, minor}] = wide;
    throw new Failure(
      `Python ${version} (${program}) has no venv module`,
      `install it (Debian, Ubuntu: \`apt install python3.${minor}-venv\`) or name another Python in SSL_PYTHON`,
    );
  }
  return complete;
}

/**
 * The environment of a user's shell without what would lead Python or pip away from the project's
 * own environment.
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {NodeJS.ProcessEnv}
 */
export function cleanEnvironment(env = process.env) {
  const {PYTHONPATH, PYTHONHOME, VIRTUAL_ENV, PIP_TARGET, PIP_PREFIX, PIP_REQUIRE_VIRTUALENV, ...rest} = env;
  return {...rest, PIP_USER: '0', PIP_NO_INPUT: '1', PIP_DISABLE_PIP_VERSION_CHECK: '1'};
}

/**
 * What a line of pip is worth telling: large downloads, and the long quiet time at the end.
 * @param {string} line
 */
export function pipNews(line) {
  const download = line.match(
    /^\s*Downloading (?:\S*\/)?([A-Za-z0-9_.]+-[0-9][^-]*)-\S*\.whl(?:\.metadata)? \(([\d.]+) (MB|GB)\)/,
  );
  if (download && (download[3] === 'GB' || Number(download[2]) >= 10))
    return `downloading ${download[1].replace('-', ' ')}, ${download[2]} ${download[3]}`;
  const installing = line.match(/^\s*Installing collected packages: (.*)$/);
  return installing ? `unpacking ${installing[1].split(', ').length} packages` : null;
}

/** What JupyterLab does not ask about at its first start: its news and its own updates. */
const labSettings = {'@jupyterlab/apputils-extension:notification': {fetchNews: 'false', checkForUpdates: false}};

/** @param {string} venv */
const origin = venv => path.join(venv, 'ssl-workbench.json');

/**
 * Which Python and which TensorFlow an environment was built with: {program, requirement}, or {}
 * where none is finished.
 * @param {string} venv
 * @returns {{program?: string, requirement?: string}}
 */
export function environmentOrigin(venv) {
  return fs.existsSync(origin(venv)) ? JSON.parse(fs.readFileSync(origin(venv), 'utf8')) : {};
}

/**
 * What an environment is made of: its folder, its Python, the Python that makes it, and the file
 * that lists its packages.
 *
 * @typedef {import('./make.mjs').Tools & {venv: string, python: string, requirements: string,
 * program: string, log: string}} Environment
 */

/**
 * Builds the environment anew: what an interrupted run left is not to be trusted. Returns its size.
 * @param {Environment & {wheel: string}} options
 */
export async function buildEnvironment({venv, python, requirements, wheel, program, ...tools}) {
  await install({step: 'Python environment', venv, python, program, wanted: ['-r', requirements, wheel], ...tools});
  const settings = path.join(venv, 'share', 'jupyter', 'lab', 'settings');
  fs.mkdirSync(settings, {recursive: true});
  fs.writeFileSync(path.join(settings, 'overrides.json'), JSON.stringify(labSettings, null, 2));
  fs.writeFileSync(origin(venv), JSON.stringify({program, requirement: wheel}));
  return bytesText(folderBytes(venv));
}

/**
 * Builds the environment of the benchmarks' peers anew. Returns its size.
 * @param {Environment} options
 */
export async function buildPeers({venv, requirements, ...tools}) {
  await install({step: 'Python peers', venv, wanted: ['-r', requirements], ...tools});
  return bytesText(folderBytes(venv));
}

/**
 * A new environment with the packages that are wanted.
 * @param {Omit<Environment, 'requirements'> & {step: string, wanted: string[]}} options
 */
async function install({step, venv, python, program, wanted, log, say, signal}) {
  const env = cleanEnvironment();
  await fs.promises.rm(venv, {recursive: true, force: true});
  const {onLine, onSpawn, file} = logged(log);
  /** @param {string} line */
  const tell = line => {
    onLine(line);
    const news = pipNews(line);
    if (news) say(news);
  };
  for (const [command, args] of /** @type {[string, string[]][]} */ ([
    [program, ['-I', '-m', 'venv', venv]],
    [python, ['-I', '-m', 'pip', 'install', '--progress-bar', 'off', '--prefer-binary', ...wanted]],
  ])) {
    const {code, output} = await run(command, args, {env, onLine: tell, onSpawn, signal});
    if (code !== 0) throw explain(step, output, file);
  }
}

/** Folder of a package in the environment, or null. @param {string} venv @param {string} name */
export function sitePackage(venv, name) {
  const lib = path.join(venv, 'lib');
  const [version] = fs.existsSync(lib) ? fs.readdirSync(lib).filter(entry => /^python3\.\d+$/.test(entry)) : [];
  const folder = version && path.join(lib, version, 'site-packages', name);
  return folder && fs.existsSync(folder) ? folder : null;
}
