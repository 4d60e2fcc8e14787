// `npm test`: sets everything up, then every check: types, unit tests, notebooks executed whole at the smoke preset.
// With words, only what they name: `npm test -- views/crop`, `npm test -- notebook 02-simclr`, `npm test -- types`.

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
import {filesBelow} from './stamps.mjs';

const help = `
Words choose what runs; without any, all of it does.
  views/crop            test files whose path contains this
  notebook [name …]     notebooks, all or the named ones, at the smoke preset
  types                 the types of lib, experiments and test`;

/** A job that hangs is a failed one. */
const longest = 20 * 60_000;

export async function command(args) {
  const {program} = await options('npm test --', 'Sets everything up, then runs the checks.');
  program.argument('[words...]', 'what to run').addHelpText('after', help).parse(args, {from: 'user'});
  const chosen = choose(program.args, {tests: testNames(), notebooks: notebookNames()});
  await setUp(chosen.notebooks.length > 0 || chosen.tests.some(name => /^(setup|notebooks?)\//.test(name)) ? everything : forPrograms);

  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ssl-workbench-test-'));
  process.once('exit', () => fs.rmSync(folder, {recursive: true, force: true}));   // also after a signal
  const jobs = [
    ...(chosen.types ? [{title: 'types', perform: types}] : []),
    ...chosen.tests.map((name, i) => ({title: name, perform: context => testFile(name, path.join(folder, `${i}.jsonl`), context)})),
    ...chosen.notebooks.map(name => ({title: `notebook ${name}`, notebook: true, perform: context => notebook(name, path.join(folder, `${name}.ipynb`), context)})),
  ];
  const width = Math.max(1, Math.min(os.availableParallelism(), Math.floor(os.totalmem() / 3e9), jobs.length));
  const threads = Math.max(1, Math.floor(os.availableParallelism() / width));
  const env = {TF_NUM_INTRAOP_THREADS: String(threads), TF_NUM_INTEROP_THREADS: String(threads), ...process.env};   // processes side by side share the cores
  const results = await pool(jobs.map(job => () => timed(job, env)), width);
  return summary(results);
}

/** Names of test files: path below test/ without ending, for example views/crop. */
function testNames() {
  return filesBelow(path.join(root, 'test'), '.test.ts').map(file => path.relative(path.join(root, 'test'), file).replace(/\.test\.ts$/, '')).sort();
}

/** What some words name. @throws Failure with the nearest name when a word names nothing. */
export function choose(words, {tests, notebooks}) {
  if (words.length === 0) return {types: true, tests, notebooks};
  const [first, ...rest] = words;
  if (first === 'notebook' || first === 'notebooks') return {types: false, tests: [], notebooks: rest.length === 0 ? notebooks : rest.map(word => findNotebook(word, notebooks))};
  const plain = words.filter(word => word !== 'types').map(word => word.replace(/^test\//, '').replace(/\.test\.ts$/, ''));
  for (const word of plain) {
    if (!tests.some(name => name.includes(word))) throw new Failure(`no test file matches ${word}`, `did you mean ${nearest(word, [...tests, 'types', 'notebook'])}?`);
  }
  return {types: words.includes('types'), tests: tests.filter(name => plain.some(word => name.includes(word))), notebooks: []};
}

async function timed(job, env) {
  const start = performance.now();
  const controller = new AbortController();
  const late = setTimeout(() => controller.abort(), longest);
  const {passed = 0, skipped = 0, failures} = await job.perform({env, signal: controller.signal});
  clearTimeout(late);
  if (controller.signal.aborted) failures.push({name: job.title, text: `ended after ${longest / 60_000} minutes`});
  const seconds = (performance.now() - start) / 1000;
  const counts = [passed > 1 || job.title.includes('/') ? `${passed} passed` : '', failures.length > 0 ? `${failures.length} failed` : '', skipped > 0 ? `${skipped} skipped` : ''];
  console.log(`${failures.length > 0 ? '✗' : '✓'} ${job.title.padEnd(44)} ${secondsText(seconds).padStart(11)}   ${counts.filter(Boolean).join(', ')}`);
  for (const {name, text} of failures) console.log(`\n  ✗ ${name}\n${text.replace(/^/gm, '    ')}\n`);
  return {title: job.title, notebook: job.notebook, seconds, passed, skipped, failures};
}

async function types({env, signal}) {
  const {code, output} = await run(process.execPath, [path.join(at.modules, 'typescript', 'bin', 'tsc'), '-p', root, '--pretty', 'false'], {cwd: root, env, signal, onLine() {}});
  return code === 0 ? {passed: 1, failures: []} : {failures: [{name: 'types', text: output}]};
}

/** One test file in a process of its own. What it prints is shown only when something fails. */
async function testFile(name, report, {env, signal}) {
  const args = ['--import', 'tsx', `--test-reporter=${new URL('reporter.mjs', import.meta.url)}`, `--test-reporter-destination=${report}`, path.join('test', `${name}.test.ts`)];
  const {code, signal: ended, output} = await run(process.execPath, args, {cwd: root, env, signal, onLine() {}});
  const told = (fs.existsSync(report) ? fs.readFileSync(report, 'utf8') : '').split('\n').filter(Boolean).map(line => JSON.parse(line));
  const failures = told.filter(({outcome}) => outcome === 'failed');
  if (code !== 0 && failures.length === 0) failures.push({name, text: ended ? `the process was ended by ${ended}` : `the process ended with code ${code}`});
  if (told.length === 0 && failures.length === 0) failures.push({name, text: 'holds no test'});
  if (failures.length > 0 && output.trim()) failures.at(-1).text += `\n\nprinted:\n${output.trimEnd().split('\n').slice(-100).join('\n')}`;
  const count = outcome => told.filter(one => one.outcome === outcome).length;
  return {passed: count('passed'), skipped: count('skipped'), failures};
}

async function notebook(name, output, {env, signal}) {
  const result = await executeNotebook(name, {preset: 'smoke', output, partial: path.join(at.work, 'failed', `${name}.ipynb`), env, signal, onLine() {}});
  return result.code === 0 ? {passed: 1, failures: []} : {failures: [{name: `notebook ${name}`, text: result.output}]};
}

/** Prints the notebooks' times and the closing line; gives the exit code. */
function summary(results) {
  const notebooks = results.filter(result => result.notebook);
  if (notebooks.length > 1) {
    console.log('\nNotebook at the smoke preset               seconds');
    for (const {title, seconds} of notebooks) console.log(`${title.replace('notebook ', '').padEnd(42)} ${seconds.toFixed(1).padStart(7)}`);
  }
  const failed = results.flatMap(({title, failures}) => failures.map(({name}) => (name === title ? name : `${title}: ${name}`)));
  if (failed.length > 0) console.log(`\nFailed:\n${failed.map(name => `  ✗ ${name}`).join('\n')}`);
  const total = count => results.reduce((sum, result) => sum + result[count], 0);
  const skipped = total('skipped');
  console.log(`\n${total('passed')} passed, ${failed.length} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  return failed.length === 0 ? 0 : 1;
}
