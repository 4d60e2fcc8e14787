// `npm test`: sets everything up, then every check: types, unit tests, notebooks executed whole at
// the smoke preset. With words, only what they name: `npm test -- views/crop`, `npm test --
// notebook 02-simclr`, `npm test -- quick`.

import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {run} from './child.mjs';
import {Failure} from './failure.mjs';
import {nearest} from './nearest.mjs';
import {executeNotebook, findNotebook, notebookNames} from './notebooks.mjs';
import {options} from './options.mjs';
import {places as at, root} from './places.mjs';
import {pool} from './pool.mjs';
import {secondsText} from './progress.mjs';
import {everything, forPrograms, setUp} from './setup.mjs';
import {isSlow, reached, sources, testNames} from './testFiles.mjs';

const help = `
Words choose what runs; without any, all of it does.
  views/crop            test files whose path contains this
  notebook [name …]     notebooks, all or the named ones, at the smoke preset
  types                 the types of lib, experiments, test and setup
  lint                  ESLint's rules (eslint.config.mjs) and Prettier's form for all that is written by hand
  quick                 types, lint, and the tests that neither start a process nor train
  changed [commit]      what git's changes since a commit (HEAD) reach: tests, by imports and names of files;
                        changed notebooks; types and lint

A test file that starts a process, sets its environment or computes for more than five seconds says so in one of
its first lines, // slow: trains (or another reason); it runs in a process of its own. All others run several in
one process, where none can start another. What took longest the last time (.setup/test-times.json) begins first.`;

/**
 * Checks that read the code and run none of it, by name; each says what it found.
 * @type {Record<string, (context: Context) => Promise<Result[]>>}
 */
const readings = {types, lint};

/** A job that hangs is a failed one. */
const longest = 20 * 60_000;

/** Seconds that are taken for what has not run here before. */
const unknown = {types: 60, lint: 90, notebook: 120, slow: 30, quick: 1};

/** Seconds of a processor from which on a test file is a slow one. */
const slowFrom = 5;

/** Seconds that files of one process take together, and how many they are at most. */
const batchSeconds = 20;
const batchFiles = 25;

/**
 * What ended: a test file, a notebook, the types or the lint.
 *
 * @typedef {{title: string, notebook?: boolean, seconds: number, processor?: number, passed:
 * number, skipped: number, failures: {name: string, text: string}[]}} Result
 *
 * What one process does: its results, and the seconds that it is expected to take.
 * @typedef {{titles: string[], expected: number, perform: (context: Context) => Promise<Result[]>}}
 * Job
 * @typedef {{env: NodeJS.ProcessEnv, signal: AbortSignal}} Context
 *
 * What is to run, by name.
 * @typedef {{readings: string[], tests: string[], notebooks: string[]}} Chosen
 */

/** @param {string[]} args */
export async function command(args) {
  const {program} = await options('npm test --', 'Sets everything up, then runs the checks.');
  program.argument('[words...]', 'what to run').addHelpText('after', help).parse(args, {from: 'user'});
  const chosen = choose(program.args, {tests: testNames(), notebooks: notebookNames(), isSlow, since});
  if (chosen.readings.length + chosen.tests.length + chosen.notebooks.length === 0) {
    console.log('Nothing that a test reaches has changed.');
    return 0;
  }
  await setUp(
    chosen.notebooks.length > 0 || chosen.tests.some(name => /^(setup|notebooks?)\/|^commands$/.test(name))
      ? everything
      : forPrograms,
  );

  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ssl-workbench-test-'));
  // also after a signal
  process.once('exit', () => fs.rmSync(folder, {recursive: true, force: true}));
  const times = readTimes();
  const cores = Math.max(1, Math.min(os.availableParallelism(), Math.floor(os.totalmem() / 3e9)));
  const jobs = jobsOf(chosen, {times, folder, cores}).sort((a, b) => b.expected - a.expected);
  const width = Math.min(cores, jobs.length);
  const threads = Math.max(1, Math.floor(os.availableParallelism() / width));
  // processes side by side share the cores
  const env = {TF_NUM_INTRAOP_THREADS: String(threads), TF_NUM_INTEROP_THREADS: String(threads), ...process.env};
  const count = {all: jobs.reduce((sum, {titles}) => sum + titles.length, 0), done: 0};
  const results = (
    await pool(
      jobs.map(job => () => perform(job, env, count)),
      width,
    )
  ).flat();
  writeTimes({
    ...times,
    ...Object.fromEntries(
      results
        .filter(({failures}) => failures.length === 0)
        .map(({title, seconds}) => [title, Math.round(seconds * 100) / 100]),
    ),
  });
  return summary(results);
}

/**
 * What some words name.
 *
 * @param {string[]} words
 * @param {object} all
 * @param {string[]} all.tests
 * @param {string[]} all.notebooks
 * @param {(test: string) => boolean} all.isSlow
 * @param {(commit: string) => string[]} all.since Paths that have changed since a commit.
 * @param {(changed: string[]) => string[]} [all.reach] Tests that they reach.
 * @returns {Chosen}
 * @throws Failure with the nearest name when a word names nothing.
 */
export function choose(
  words,
  {tests, notebooks, isSlow: slow, since: changedSince, reach = changed => reached(changed, sources())},
) {
  const reading = Object.keys(readings);
  if (words.length === 0) return {readings: reading, tests, notebooks};
  const [first, ...rest] = words;
  if (first === 'notebook' || first === 'notebooks')
    return {
      readings: [],
      tests: [],
      notebooks: rest.length === 0 ? notebooks : rest.map(word => findNotebook(word, notebooks)),
    };
  if (first === 'changed') {
    const [commit = 'HEAD', ...more] = rest;
    if (more.length > 0)
      throw new Failure(
        `changed ${rest.join(' ')}`,
        'expected one commit at most, for example `npm test -- changed main`',
      );
    const changed = changedSince(commit);
    const found = reach(changed);
    return {
      readings: changed.some(file => /\.([cm]?[jt]s|json)$/.test(file)) ? reading : [],
      tests: tests.filter(name => found.includes(name)),
      notebooks: notebooks.filter(name => changed.includes(`notebooks/${name}.ipynb`)),
    };
  }
  if (first === 'quick') {
    if (rest.length > 0) throw new Failure(`quick ${rest.join(' ')}`, 'expected no other word beside quick');
    return {readings: reading, tests: tests.filter(name => !slow(name)), notebooks: []};
  }
  const plain = words
    .filter(word => !reading.includes(word))
    .map(word => word.replace(/^test\//, '').replace(/\.test\.ts$/, ''));
  for (const word of plain) {
    if (!tests.some(name => name.includes(word)))
      throw new Failure(
        `no test file matches ${word}`,
        `did you mean ${nearest(word, [...tests, ...reading, 'notebook', 'quick', 'changed'])}?`,
      );
  }
  return {
    readings: reading.filter(name => words.includes(name)),
    tests: tests.filter(name => plain.some(word => name.includes(word))),
    notebooks: [],
  };
}

/**
 * Paths that have changed since a commit or are new, from the project's folder.
 * @param {string} commit
 */
function since(commit) {
  const git = (/** @type {string[]} */ ...args) => {
    const {status, stdout, stderr} = spawnSync('git', args, {cwd: root, encoding: 'utf8'});
    if (status !== 0)
      throw new Failure(`git ${args[0]}`, stderr?.trim().split('\n')[0] || 'git did not run: name the tests instead');
    return stdout.split('\n').filter(Boolean);
  };
  return [
    ...git('diff', '--name-only', '--no-renames', '--relative', commit, '--'),
    ...git('ls-files', '--others', '--exclude-standard'),
  ];
}

const timesFile = path.join(at.work, 'test-times.json');

/** Seconds of the last run by title. @returns {{[title: string]: number}} */
function readTimes() {
  try {
    return JSON.parse(fs.readFileSync(timesFile, 'utf8'));
  } catch {
    return {}; // none yet, or a torn one
  }
}

/** @param {{[title: string]: number}} times */
function writeTimes(times) {
  fs.writeFileSync(`${timesFile}.new`, `${JSON.stringify(times, null, 1)}\n`);
  fs.renameSync(`${timesFile}.new`, timesFile);
}

/**
 * A process for each slow test file and notebook; quick files several to a process.
 *
 * @param {Chosen} chosen
 * @param {{times: {[title: string]: number}, folder: string, cores: number}} options
 * @returns {Job[]}
 */
function jobsOf(chosen, {times, folder, cores}) {
  let reports = 0;
  /** @param {string[]} names @param {boolean} alone */
  const testJob = (names, alone) => {
    const report = path.join(folder, `${reports++}.jsonl`);
    const expected = names.reduce((sum, name) => sum + (times[name] ?? (alone ? unknown.quick : unknown.slow)), 0);
    return {
      titles: names,
      expected,
      perform: (/** @type {Context} */ context) => testFiles(names, alone, report, context),
    };
  };
  const slow = chosen.tests.filter(name => isSlow(name));
  const quick = chosen.tests
    .filter(name => !slow.includes(name))
    .map(name => ({name, seconds: times[name] ?? unknown.quick}));
  return [
    ...chosen.readings.map(name => ({
      titles: [name],
      expected: times[name] ?? unknown[/** @type {keyof typeof unknown} */ (name)],
      perform: readings[name],
    })),
    ...slow.map(name => testJob([name], false)),
    ...batches(quick, cores).map(names => testJob(names, true)),
    ...chosen.notebooks.map(name => ({
      titles: [`notebook ${name}`],
      expected: times[`notebook ${name}`] ?? unknown.notebook,
      perform: (/** @type {Context} */ context) => notebook(name, path.join(folder, `${name}.ipynb`), context),
    })),
  ];
}

/**
 * Shares files out to processes, neighbors together: they load the same of the library.
 *
 * @param {readonly {name: string, seconds: number}[]} files
 * @param {number} cores
 */
export function batches(files, cores) {
  const all = files.reduce((sum, {seconds}) => sum + seconds, 0);
  const most = {
    seconds: Math.min(batchSeconds, all / cores),
    files: Math.min(batchFiles, Math.ceil(files.length / cores)),
  };
  /** @type {string[][]} */
  const made = [];
  let sum = Infinity;
  for (const {name, seconds} of files) {
    const last = made.at(-1);
    if (last && last.length < most.files && sum + seconds <= most.seconds) {
      last.push(name);
      sum += seconds;
    } else {
      made.push([name]);
      sum = seconds;
    }
  }
  return made;
}

/**
 * Performs a job and prints a line for each of its results.
 *
 * @param {Job} job
 * @param {NodeJS.ProcessEnv} env
 * @param {{all: number, done: number}} count
 */
async function perform(job, env, count) {
  const controller = new AbortController();
  const late = setTimeout(() => controller.abort(), longest);
  const results = await job.perform({env, signal: controller.signal});
  clearTimeout(late);
  if (controller.signal.aborted)
    results.at(-1)?.failures.push({name: job.titles.join(', '), text: `ended after ${longest / 60_000} minutes`});
  for (const {title, seconds, passed, skipped, failures} of results) {
    const counts = [
      passed > 1 || title.includes('/') ? `${passed} passed` : '',
      failures.length > 0 ? `${failures.length} failed` : '',
      skipped > 0 ? `${skipped} skipped` : '',
    ];
    const place = `${++count.done}/${count.all}`.padStart(2 * String(count.all).length + 1);
    console.log(
      `${place} ${failures.length > 0 ? '✗' : '✓'} ${title.padEnd(44)} ` +
        `${secondsText(seconds).padStart(11)}   ${counts.filter(Boolean).join(', ')}`,
    );
    for (const {name, text} of failures) console.log(`\n  ✗ ${name}\n${text.replace(/^/gm, '    ')}\n`);
  }
  return results;
}

/**
 * The result of one program.
 *
 * @param {string} title
 * @param {() => Promise<{code: number, output: string}>} program
 * @param {boolean} [notebook]
 * @returns {Promise<Result[]>}
 */
async function whole(title, program, notebook) {
  const start = performance.now();
  const {code, output} = await program();
  return [
    {
      title,
      notebook,
      seconds: (performance.now() - start) / 1000,
      passed: code === 0 ? 1 : 0,
      skipped: 0,
      failures: code === 0 ? [] : [{name: title, text: output}],
    },
  ];
}

/** The library, experiments and tests; then setup's JavaScript. @param {Context} context */
function types(context) {
  const check = (/** @type {string} */ project) => ['typescript/bin/tsc', '-p', project, '--pretty', 'false'];
  return reading('types', [check('.'), check('setup')], context);
}

/** @param {Context} context */
function lint(context) {
  const written = '{lib,experiments,setup,test}/**/*.{ts,mjs,cjs}';
  return reading(
    'lint',
    [
      ['eslint/bin/eslint.js', '.'],
      ['prettier/bin/prettier.cjs', '--check', written],
    ],
    context,
  );
}

/**
 * One result of several programs, all of which are run.
 *
 * @param {string} title
 * @param {string[][]} programs Each with its path in node_modules first.
 * @param {Context} context
 */
const reading = (title, programs, {env, signal}) =>
  whole(title, async () => {
    const ends = [];
    for (const [program = '', ...words] of programs)
      ends.push(
        await run(process.execPath, [path.join(at.modules, program), ...words], {cwd: root, env, signal, onLine() {}}),
      );
    const failed = ends.filter(({code}) => code !== 0);
    return {code: failed[0]?.code ?? 0, output: failed.map(({output}) => output).join('\n')};
  });

/**
 * Test files in one process. What it prints is shown only when something fails.
 *
 * @param {string[]} names
 * @param {boolean} alone Whether they may start no process.
 * @param {string} report
 * @param {Context} context
 * @returns {Promise<Result[]>}
 */
async function testFiles(names, alone, report, {env, signal}) {
  const start = performance.now();
  const times = `${report}.times`;
  const args = [
    '--import',
    'tsx',
    `--test-reporter=${new URL('reporter.mjs', import.meta.url)}`,
    `--test-reporter-destination=${report}`,
    path.join(root, 'setup', 'testBatch.cjs'),
    times,
    alone ? 'alone' : 'processes',
    ...names,
  ];
  const {code, signal: ended, output} = await run(process.execPath, args, {cwd: root, env, signal, onLine() {}});
  const seconds = (performance.now() - start) / 1000;
  /** @type {{outcome: 'passed' | 'failed' | 'skipped', name: string, text: string}[]} */
  const told = linesOf(report);
  /** @type {{name: string, seconds: number, processor: number}[]} */
  const timed = linesOf(times);
  const end = ended ? `the process was ended by ${ended}` : `the process ended with code ${code}`;
  const results = names.map(title => {
    const own = told
      .filter(({name}) => name === title || name.startsWith(`${title} › `))
      .map(one => ({...one, name: one.name.slice(title.length + 3) || title}));
    const time = timed.find(({name}) => name === title);
    const failures = own.filter(({outcome}) => outcome === 'failed').map(({name, text}) => ({name, text}));
    if (!time && failures.length === 0)
      failures.push({name: title, text: code === 0 ? 'did not come to its end' : end});
    if (own.length === 0 && failures.length === 0) failures.push({name: title, text: 'holds no test'});
    const count = (/** @type {string} */ outcome) => own.filter(one => one.outcome === outcome).length;
    return {
      title,
      seconds: names.length === 1 ? seconds : (time?.seconds ?? seconds),
      processor: time?.processor,
      passed: count('passed'),
      skipped: count('skipped'),
      failures,
    };
  });
  if (code !== 0 && results.every(({failures}) => failures.length === 0))
    results.at(-1)?.failures.push({name: names.join(', '), text: end});
  const failure = results.findLast(({failures}) => failures.length > 0)?.failures.at(-1);
  if (failure && output.trim()) {
    const by = names.length > 1 ? ` (by ${names.length} files)` : '';
    failure.text += `\n\nprinted${by}:\n${output.trimEnd().split('\n').slice(-100).join('\n')}`;
  }
  return results;
}

/** What the lines of a file hold as JSON. @param {string} file */
const linesOf = file =>
  (fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '')
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line));

/** @param {string} name @param {string} output @param {Context} context */
const notebook = (name, output, {env, signal}) =>
  whole(
    `notebook ${name}`,
    () =>
      executeNotebook(name, {
        preset: 'smoke',
        output,
        partial: path.join(at.work, 'failed', `${name}.ipynb`),
        env,
        signal,
        onLine() {},
      }),
    true,
  );

/**
 * Prints the notebooks' times and the closing line; gives the exit code.
 * @param {readonly Result[]} results
 */
function summary(results) {
  const notebooks = results.filter(result => result.notebook);
  if (notebooks.length > 1) {
    console.log('\nNotebook at the smoke preset               seconds');
    for (const {title, seconds} of notebooks)
      console.log(`${title.replace('notebook ', '').padEnd(42)} ${seconds.toFixed(1).padStart(7)}`);
  }
  const unmarked = results.filter(({title, processor = 0}) => processor > slowFrom && !isSlow(title));
  if (unmarked.length > 0)
    console.log(
      `\nTo be marked as slow (see \`npm test -- --help\`): ` +
        `${unmarked.map(({title, processor = 0}) => `${title} ${secondsText(processor)}`).join(', ')}`,
    );
  const failed = results.flatMap(({title, failures}) =>
    failures.map(({name}) => (name === title ? name : `${title}: ${name}`)),
  );
  if (failed.length > 0) console.log(`\nFailed:\n${failed.map(name => `  ✗ ${name}`).join('\n')}`);
  const total = (/** @type {'passed' | 'skipped'} */ count) => results.reduce((sum, result) => sum + result[count], 0);
  const skipped = total('skipped');
  console.log(`\n${total('passed')} passed, ${failed.length} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  return failed.length === 0 ? 0 : 1;
}
