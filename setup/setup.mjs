// Sets everything up: npm packages, Python environment, TensorFlow's addon, the library's bundle,
// the notebook kernel, the data. Each step is stamped by what it depends on, so that doing nothing
// takes a fraction of a second and an interrupted set-up goes on where it stopped.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {buildAddon} from './addon.mjs';
import {dataIsThere, prepareData} from './data.mjs';
import {kernelspec, writeKernelspec} from './kernelspec.mjs';
import {buildLibrary} from './library.mjs';
import {lock} from './lock.mjs';
import {make, stale} from './make.mjs';
import {installPackages} from './packages.mjs';
import {placesOf, root as projectRoot} from './places.mjs';
import {checkPlatform} from './platform.mjs';
import {bytesText, progress as printed, secondsText} from './progress.mjs';
import {buildEnvironment, environmentOrigin, findPython, sitePackage} from './python.mjs';
import {checkSpace, freeBytes} from './space.mjs';
import {digest, filesBelow, stamps as stampsOf} from './stamps.mjs';
import {nvidiaDriver, tensorflowVersion, tensorflowWheel} from './tensorflow.mjs';

/**
 * Steps by what they are for. What a command does not ask for is made only when something stale
 * needs it.
 */
export const everything = ['packages', 'python', 'addon', 'library', 'kernel', 'data'];
export const forPrograms = ['packages', 'python', 'addon', 'data'];

/** Packages that images are rendered of, and who renders them. */
const renderedOf =
  /^(@fontsource\/.*|@iconify-json\/.*|@lobehub\/fluent-emoji-3d|@stdlib\/datasets-img-.*|emoji-datasource|openmoji|opentype\.js|sharp|three-globe)$/;

/**
 * Files of lib/datasets that say how: what is rendered has a folder of its own there.
 *
 * @param {string} datasets The folder lib/datasets.
 */
const renderedBy = datasets => [
  ...filesBelow(datasets, '.ts', ['files']).filter(file => path.dirname(file) !== datasets),
  ...['catalogue.ts', 'rendered.ts'].map(file => path.join(datasets, file)),
];

/** Bytes on disk, with what pip and npm need on the way. */
const takes = {packages: 1.1e9, environment: 2.5e9, environmentWithCuda: 11e9, data: 0.4e9};

/**
 * The step that all others need, but for Python's.
 * @param {string} root
 * @returns {import('./make.mjs').Step}
 */
function packagesStep(root) {
  const at = placesOf(root);
  return {
    name: 'packages',
    title: 'npm packages',
    after: [],
    key: () => digest({files: [path.join(root, 'package-lock.json')]}),
    there: () => fs.existsSync(path.join(at.modules, '.package-lock.json')),
    run: tools => installPackages({root, modules: at.modules, log: path.join(at.work, 'packages.log'), ...tools}),
  };
}

/**
 * The steps for a project folder.
 *
 * @param {string} root
 * @param {object} options
 * @param {{requirement: string}} options.wheel Of TensorFlow.
 * @param {() => {program: string}} [options.python] Where to find one, asked only when the
 * environment must be built.
 * @returns {import('./make.mjs').Step[]}
 */
export function stepsOf(root, {wheel, python = findPython}) {
  const at = placesOf(root);
  /** @param {string} name */
  const log = name => path.join(at.work, `${name}.log`);
  const tensorflow = () => sitePackage(at.venv, 'tensorflow');
  const lockFile = path.join(root, 'package-lock.json');
  const requirements = path.join(root, 'setup', 'requirements.txt');
  const data = process.env.SSL_DATA ? path.resolve(process.env.SSL_DATA) : at.data;
  const rendered = path.join(at.work, 'rendered.json');
  const spec = () => kernelspec({launcher: at.launcher});
  return [
    packagesStep(root),
    {
      name: 'python',
      title: 'Python environment',
      after: [],
      key: () =>
        digest({
          values: [at.venv, wheel.requirement, process.env.SSL_PYTHON ?? environmentOrigin(at.venv).program],
          files: [requirements],
        }),
      there: () => fs.existsSync(at.python) && fs.existsSync(at.lab) && tensorflow() !== null,
      run: tools =>
        buildEnvironment({
          venv: at.venv,
          python: at.python,
          requirements,
          wheel: wheel.requirement,
          program: python().program,
          log: log('python'),
          ...tools,
        }),
    },
    {
      name: 'addon',
      title: 'TensorFlow addon',
      after: ['packages', 'python'],
      key: () =>
        digest({
          values: [tensorflowVersion, tensorflow(), process.platform, process.arch],
          files: [path.join(root, 'setup', 'addon.mjs'), at.quietSource],
        }),
      there: () => fs.existsSync(at.addon),
      run: tools =>
        buildAddon({
          addon: at.addon,
          addonPackage: at.addonPackage,
          modules: at.modules,
          source: at.quietSource,
          wheel: tensorflow() ?? '',
          python: at.python,
          work: at.work,
          log: log('addon'),
          ...tools,
        }),
    },
    {
      name: 'library',
      title: 'library bundle',
      after: ['packages'],
      key: () =>
        digest({
          values: [lockVersions(lockFile, /^(esbuild|typescript)$/)],
          files: [
            ...filesBelow(at.library, '.ts', ['dist', 'dist.new']),
            ...['setup/library.mjs', 'setup/library.tsconfig.json', 'tsconfig.json'].map(file => path.join(root, file)),
          ],
        }),
      there: () =>
        ['index.js', 'index.d.ts', 'parts.js', 'library.js', 'jobProcess.js'].every(file =>
          fs.existsSync(path.join(at.dist, file)),
        ),
      run: tools =>
        buildLibrary({root, library: at.library, modules: at.modules, dist: at.dist, log: log('library'), ...tools}),
    },
    {
      name: 'kernel',
      title: 'notebook kernel',
      after: [],
      key: () => digest({values: [spec()]}),
      there: () => fs.existsSync(at.kernelspec),
      async run() {
        writeKernelspec(at.kernelspec, spec());
        return path.relative(root, at.kernelspec);
      },
    },
    {
      name: 'data',
      title: 'images',
      after: ['packages'],
      key: () =>
        digest({
          values: [data, lockVersions(lockFile, renderedOf)],
          files: renderedBy(path.join(at.library, 'datasets')),
        }),
      there: () => dataIsThere({data, list: rendered}),
      run: tools => prepareData({root, library: at.library, data, list: rendered, log: log('data'), ...tools}),
    },
  ];
}

/** The wheel that this machine should have. @param {ReturnType<typeof placesOf>} at */
function wanted(at) {
  const silent = process.env.SSL_TENSORFLOW || process.platform !== 'linux';
  return tensorflowWheel({driver: silent ? null : nvidiaDriver(), installed: environmentOrigin(at.venv).requirement});
}

/** Names of the steps that are to be made. */
export function staleSteps(root = projectRoot) {
  const at = placesOf(root);
  return stepsOf(root, {wheel: wanted(at)})
    .filter(step => stale(step, stampsOf(at.work)))
    .map(({name}) => name);
}

/** Whether npm's packages are installed as the lock file says. */
export function packagesAreWhole(root = projectRoot) {
  const packages = packagesStep(root);
  return !stale(packages, stampsOf(placesOf(root).work));
}

/**
 * 'name version' of each package whose whole name fits.
 * @param {string} lockFile
 * @param {RegExp} pattern
 */
function lockVersions(lockFile, pattern) {
  const {packages} = /** @type {{packages: {[place: string]: {version: string}}}} */ (
    JSON.parse(fs.readFileSync(lockFile, 'utf8'))
  );
  return Object.entries(packages)
    .map(([place, {version}]) => [place.replace(/^node_modules\//, ''), version])
    .filter(([name]) => pattern.test(name))
    .map(([name, version]) => `${name} ${version}`);
}

/**
 * Makes what a command needs; silent when nothing is to do.
 *
 * @param {string[]} [goals] Names of steps.
 * @param {{root?: string, out?: Parameters<typeof printed>[0]}} [options]
 * @throws Failure, one line, when something is missing that only the user can give.
 */
export async function setUp(goals = everything, {root = projectRoot, out = process.stdout} = {}) {
  checkPlatform();
  const at = placesOf(root);
  const stamps = stampsOf(at.work);
  const progress = printed(out);
  const started = performance.now();
  const wheel = wanted(at);
  /** @type {import('./python.mjs').Python | undefined} */
  let found;
  const python = () => (found ??= findPython());
  const steps = stepsOf(root, {wheel, python});
  const toDo = () => steps.filter(step => goals.includes(step.name) && stale(step, stamps)).map(({name}) => name);
  if (toDo().length === 0) return;

  const release = await lock(at.work, {say: progress.print});
  try {
    const missing = toDo(); // again: another set-up may have done it meanwhile
    if (missing.includes('python')) {
      const {version, program} = python();
      progress.print(`Python ${version} (${program}), ${wheel.requirement} (${wheel.why})`);
    }
    const environment = wheel.gpu ? takes.environmentWithCuda : takes.environment;
    const needed =
      (missing.includes('packages') && !fs.existsSync(at.modules) ? takes.packages : 0) +
      (missing.includes('python') && !fs.existsSync(at.venv) ? environment : 0) +
      (missing.includes('data') ? takes.data : 0);
    checkSpace(freeBytes(root), needed, root);
    if (needed > 1e9)
      progress.print(
        `Setting up in ${root.replace(os.homedir(), '~')}: ${bytesText(needed)} at most, a few minutes, once`,
      );
    await make(steps, goals, {stamps, progress});
    progress.print(`Ready after ${secondsText((performance.now() - started) / 1000)}.`);
  } finally {
    release();
  }
}

/** `npm run setup`: only the set-up. */
export async function command() {
  await setUp();
  return 0;
}
