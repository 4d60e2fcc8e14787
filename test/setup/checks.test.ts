// `npm test` itself: what words choose, and what a test file's end is told as.
// slow: starts processes

import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {it} from 'node:test';
import {distance, nearest} from '../../setup/nearest.mjs';
import {pool} from '../../setup/pool.mjs';
import {batches, choose} from '../../setup/test.mjs';
import {reached, slowness} from '../../setup/testFiles.mjs';
import {project} from './project';

const root = path.join(__dirname, '..', '..');

const named = {tests: ['losses/ntXent', 'views/colorJitter', 'views/crop'], notebooks: ['00-start-here', '02-simclr']};
const all = {
  ...named,
  isSlow: (name: string) => name === 'views/crop',
  since: (commit: string) => [commit, 'notebooks/02-simclr.ipynb', 'lib/views/crop.ts'],
  reach: () => ['views/crop'],
};

it('choose: everything without words, else what they name', () => {
  assert.deepEqual(choose([], all), {readings: ['types', 'lint'], ...named});
  for (const word of ['views/crop', 'test/views/crop.test.ts', 'crop'])
    assert.deepEqual(choose([word], all), {readings: [], tests: ['views/crop'], notebooks: []});
  assert.deepEqual(choose(['views', 'types'], all), {
    readings: ['types'],
    tests: ['views/colorJitter', 'views/crop'],
    notebooks: [],
  });
  assert.deepEqual(choose(['notebook', '02-simclr'], all), {readings: [], tests: [], notebooks: ['02-simclr']});
  assert.deepEqual(choose(['notebooks'], all).notebooks, all.notebooks);
  assert.deepEqual(choose(['quick'], all), {
    readings: ['types', 'lint'],
    tests: ['losses/ntXent', 'views/colorJitter'],
    notebooks: [],
  });
  assert.deepEqual(choose(['changed'], all), {
    readings: ['types', 'lint'],
    tests: ['views/crop'],
    notebooks: ['02-simclr'],
  });
  assert.deepEqual(choose(['changed', 'main'], {...all, since: commit => [`${commit}.md`], reach: () => []}), {
    readings: [],
    tests: [],
    notebooks: [],
  });
  assert.throws(() => choose(['changed', 'main', 'crop'], all), /expected one commit at most/);
  assert.throws(() => choose(['quick', 'crop'], all), /expected no other word beside quick/);
  assert.throws(() => choose(['viws/crop'], all), /no test file matches viws\/crop: did you mean views\/crop\?/);
  assert.throws(() => choose(['notebook', '02-simlcr'], all), /did you mean 02-simclr\?/);
});

it('nearest: letters inserted, dropped, replaced, swapped', () => {
  assert.deepEqual(
    ['temperature', 'temprature', 'tempreature', 'temperaturee', 'tempirature'].map(word =>
      distance(word, 'temperature'),
    ),
    [0, 1, 1, 1, 1],
  );
  assert.equal(nearest('noise', []), undefined);
});

it('reached: through imports, names of files, folders and paths', () => {
  const texts = new Map([
    ['lib/index.ts', "export {unit} from './losses/unit';"],
    ['lib/losses/unit.ts', ''],
    ['lib/losses/ntXent.ts', "import {unit} from './unit';"],
    ['lib/views/crop.ts', "import {tf} from '../engine/tf';"],
    ['setup/pool.mjs', ''],
    ['experiments/study.ts', "import {ntXent} from '../lib/losses/ntXent';"],
    ['test/losses/ntXent.test.ts', "import {ntXent} from '../../lib/losses/ntXent';\nread('../reference/ntXent.json')"],
    ['test/views/crop.test.ts', "import {crop} from '../../lib/views/crop';\nimport {rows} from '../rows';"],
    ['test/rows.ts', "published('temperature', 'emoji-default')"],
    ['test/experiments/study.test.ts', "spawnSync(path.join('experiments', 'study.ts'))"],
    ['test/setup/pool.test.ts', ''],
    ['test/whole.test.ts', "const lib = path.join(__dirname, '../lib');"],
    ['test/package.test.ts', "const {unit} = require('ssl-workbench');"],
  ]);
  const reach = (...changed: string[]) => reached(changed, texts);
  assert.deepEqual(reach('lib/losses/unit.ts'), ['losses/ntXent', 'experiments/study', 'whole', 'package']);
  assert.deepEqual(reach('lib/views/crop.ts'), ['views/crop', 'whole']);
  assert.deepEqual(reach('test/reference/ntXent.json'), ['losses/ntXent']);
  assert.deepEqual(reach('experiments/published/temperature/emoji-default.json'), ['views/crop', 'experiments/study']);
  assert.deepEqual(reach('setup/pool.mjs'), ['setup/pool']);
  assert.deepEqual(reach('test/whole.test.ts', 'README.md'), ['whole']);
  assert.equal(reach('tsconfig.json').length, 6);
});

it('slowness is said in one of the first lines', () => {
  assert.equal(slowness('// A study.\n// slow: trains\nimport a'), 'trains');
  for (const text of ['', '// slow:\n', 'a\n\n\n\n\n// slow: too late', 'x // slow: trains'])
    assert.equal(slowness(text), null);
});

it('batches: neighbors share a process, up to 20 seconds and a share of all', () => {
  const files = (...seconds: number[]) => seconds.map((duration, i) => ({name: `${i}`, seconds: duration}));
  assert.deepEqual(batches(files(12, 7, 2, 30, 19, 20), 2), [['0', '1'], ['2'], ['3'], ['4'], ['5']]);
  assert.deepEqual(batches(files(1, 1, 1, 1, 1), 2), [['0', '1'], ['2', '3'], ['4']]);
  assert.deepEqual(batches(files(0, 0, 0, 0), 2), [
    ['0', '1'],
    ['2', '3'],
  ]);
  assert.equal(Math.max(...batches(files(...Array.from({length: 200}, () => 0.1)), 2).map(({length}) => length)), 25);
  assert.deepEqual(batches([], 2), []);
});

it('test files in one process: each is told by its name, what cannot be loaded fails, no process may start', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'batch-'));
  const file = (name: string, text: string) => {
    fs.writeFileSync(
      path.join(folder, `${name}.test.ts`),
      `import assert from 'node:assert';\nimport {spawnSync} from 'node:child_process';\nimport {after, ` +
        `it} from 'node:test';\n${text}`,
    );
    return path.relative(path.join(root, 'test'), path.join(folder, name));
  };
  const good = file('good', "let open = true;\nafter(() => { open = false; });\nit('is open', () => assert.ok(open));");
  const broken = file('broken', "throw new Error('no such module');");
  const starts = file(
    'starts',
    "it('starts', () => assert.equal(spawnSync(process.execPath, ['--version']).status, 0));",
  );
  const sets = file('sets', "process.env.SSL_XLA = '1';\nit('is not run', () => {});");
  const {NODE_TEST_CONTEXT: _, ...env} = process.env;
  const told = (may: string, ...names: string[]) => {
    const {stdout} = spawnSync(
      process.execPath,
      [
        '--import',
        'tsx',
        `--test-reporter=${path.join(root, 'setup', 'reporter.mjs')}`,
        '--test-reporter-destination=stdout',
        path.join(root, 'setup', 'testBatch.cjs'),
        path.join(folder, 'times'),
        may,
        ...names,
      ],
      {cwd: root, encoding: 'utf8', env},
    );
    return stdout
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as {outcome: string; name: string; text?: string});
  };
  const alone = told('alone', good, broken, starts);
  assert.deepEqual(
    alone.map(({outcome, name}) => `${outcome} ${name}`).sort(),
    [`failed ${broken}`, `failed ${starts} › starts`, `passed ${good} › is open`].sort(),
  );
  assert.match(alone.find(({name}) => name === broken)!.text!, /no such module/);
  assert.match(alone.find(({name}) => name.endsWith('starts'))!.text!, /this test starts a process: say so/);
  const timed = fs
    .readFileSync(path.join(folder, 'times'), 'utf8')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as {name: string; seconds: number; processor: number});
  assert.ok(timed.some(({name, seconds, processor}) => name === good && seconds >= 0 && processor >= 0));
  assert.match(told('alone', sets).find(({name}) => name === sets)!.text!, /changes the environment as it is loaded/);
  assert.deepEqual(
    told('processes', starts).map(({outcome}) => outcome),
    ['passed'],
  );
  fs.rmSync(folder, {recursive: true});
});

it('pool keeps its width and the order of results', async () => {
  let running = 0;
  let most = 0;
  const job = (i: number) => async () => {
    most = Math.max(most, ++running);
    await new Promise(resolve => setTimeout(resolve, 5 * (3 - (i % 3))));
    running--;
    return i;
  };
  assert.deepEqual(
    await pool(
      Array.from({length: 7}, (_, i) => job(i)),
      2,
    ),
    [0, 1, 2, 3, 4, 5, 6],
  );
  assert.equal(most, 2);
});

it('reporter tells each test once, with its suites, and the error of a failed one', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'reporter-'));
  const file = path.join(folder, 'sample.mjs');
  fs.writeFileSync(
    file,
    `import assert from 'node:assert';
import {describe, it, test} from 'node:test';
describe('suite', () => { it('good', () => {}); it('bad', () => assert.equal(1, 2, 'one is not two')); });
test('parent', async t => { await t.test('child', () => { throw 'a string'; }); });
test('later', {skip: true}, () => {});
describe('broken suite', () => { throw new Error('no tests come of it'); });
`,
  );
  // else the child reports to the runner of this file
  const {NODE_TEST_CONTEXT: _, ...env} = process.env;
  const {stdout, status} = spawnSync(
    process.execPath,
    [
      `--test-reporter=${path.join(__dirname, '..', '..', 'setup', 'reporter.mjs')}`,
      '--test-reporter-destination=stdout',
      file,
    ],
    {encoding: 'utf8', env},
  );
  const told = stdout
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as {outcome: string; name: string; text?: string});
  assert.equal(status, 1);
  assert.deepEqual(told.map(({outcome, name}) => `${outcome} ${name}`).sort(), [
    'failed broken suite',
    'failed parent › child',
    'failed suite › bad',
    'passed suite › good',
    'skipped later',
  ]);
  const text = (name: string) => told.find(one => one.name === name)?.text;
  assert.match(text('suite › bad')!, /one is not two[^]*sample\.mjs:3/);
  assert.doesNotMatch(text('suite › bad')!, /node:internal/);
  assert.match(text('parent › child')!, /a string/);
  assert.match(text('broken suite')!, /no tests come of it/);
  fs.rmSync(folder, {recursive: true});
});

it('npm start and npm test name the nearest of what was mistyped', async () => {
  const here = project();
  fs.cpSync(path.join(root, 'node_modules', 'commander'), here.file('packages', 'commander'), {recursive: true});
  fs.mkdirSync(here.file('notebooks'));
  for (const name of ['00-start-here', '03-temperature'])
    fs.writeFileSync(here.file('notebooks', `${name}.ipynb`), '{}');
  fs.mkdirSync(here.file('test', 'views'), {recursive: true});
  fs.writeFileSync(here.file('test', 'views', 'crop.test.ts'), '');
  assert.equal((await here.command('setup')).code, 0);
  for (const [command, args, said] of [
    [
      'start',
      ['03-temprature'],
      /^no notebook 03-temprature: did you mean 03-temperature\? There are 00-start-here, 03-temperature$/,
    ],
    [
      'start',
      ['03-temperature', '--prset', 'smoke'],
      /^unknown option '--prset' \(Did you mean --preset\?\): `npm start -- --help`/,
    ],
    [
      'start',
      ['03-temperature', '--preset', 'smke'],
      /argument 'smke' is invalid. Allowed choices are smoke, default, paper/,
    ],
    ['start', ['--output', 'x.ipynb'], /^--output without a notebook: name the notebook to execute/],
    ['start', ['--port', 'eighty'], /^--port eighty: expected a whole number from 0 to 65535$/],
    ['test', ['views/corp'], /^no test file matches views\/corp: did you mean views\/crop\?$/],
    ['test', ['notebook', '00-strat'], /^no notebook 00-strat: did you mean 00-start-here\?/],
  ] as const) {
    const {code, errors} = await here.command(command, [...args]);
    assert.equal(code, 1, `${command} ${args.join(' ')}`);
    assert.match(errors, said);
  }
  here.remove();
});
