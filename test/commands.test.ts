// Every command that the documents name is executed, in a form of seconds; what would write into
// the project writes elsewhere.
// slow: runs the commands

import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {after, test} from 'node:test';
import {program as benchmark} from '../experiments/benchmarks/benchmark';
import {program as profile} from '../experiments/profile';
import {program as study} from '../experiments/study';
import {findNotebook} from '../setup/notebooks.mjs';
import {testNames} from '../setup/testFiles.mjs';
import {coloredImages} from './experiments/coloredImages';

const root = path.join(__dirname, '..');
const temporary = fs.mkdtempSync(path.join(os.tmpdir(), 'commands-'));
after(() => fs.rmSync(temporary, {recursive: true}));

const {scripts} = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')) as {
  scripts: {[name: string]: string};
};

/** What this file executes: a script, and the kind of word after it where there are several. */
const executed = new Set<string>();

/** Runs a command to its end, or to a line after which it is interrupted. */
async function command(
  form: string,
  args: string[],
  {env = {}, until}: {env?: NodeJS.ProcessEnv; until?: RegExp} = {},
) {
  const [script = ''] = form.split(' ');
  const [node, ...words] = scripts[script]!.split(' ');
  assert.equal(node, 'node');
  const {NODE_TEST_CONTEXT: _, ...own} = process.env;
  const child = spawn(process.execPath, [...words, ...args], {
    cwd: root,
    env: {...own, CI: 'true', SSL_RESULTS: temporary, ...env},
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', text => {
      output += text;
      if (until?.test(output)) child.kill('SIGINT');
    });
  }
  const code = await new Promise<number | null>(resolve => child.once('close', resolve));
  executed.add(form);
  return {code, output};
}

test('npm run setup has nothing to do', async () => {
  assert.deepEqual(await command('setup', []), {code: 0, output: ''});
});

test('npm start opens JupyterLab, until it is interrupted', async () => {
  const {code, output} = await command('start', ['--port', '0', '--no-browser'], {until: /Ctrl-C ends it/});
  assert.match(output, /^JupyterLab: http:\/\/127\.0\.0\.1:\d+\/lab\/tree\/notebooks\/00-start-here\.ipynb\?token=/m);
  assert.equal(code, 130);
});

test('npm start -- NAME executes that notebook', async () => {
  const saved = path.join(temporary, 'views.ipynb');
  const {code, output} = await command('start NAME', ['01-views', '--preset', 'smoke', '--output', saved]);
  assert.equal(code, 0, output);
  const {cells} = JSON.parse(fs.readFileSync(saved, 'utf8')) as {
    cells: {cell_type: string; execution_count?: number | null}[];
  };
  assert.ok(cells.some(({execution_count: count}) => (count ?? 0) > 1));
});

test('npm test -- PATH runs those tests, types and changed are words', async () => {
  const {code, output} = await command('test PATH', ['losses/meanOfKept']);
  assert.equal(code, 0, output);
  assert.match(output, /✓ losses\/meanOfKept[^]*1 passed, 0 failed/);
  assert.match((await command('test changed', ['changed', 'no-such-commit'])).output, /^git diff: /);
  assert.match((await command('test --help', ['--help'])).output, /^ {2}quick +types/m);
});

test('npm run study, profile and benchmark', async () => {
  const images = await coloredImages();
  const small = ['--dataset', images, '--size', '16', '--batch', '16', '--projector', '16,16'];
  const studied = await command('study', [
    'temperature',
    '--preset',
    'smoke',
    '--temperatures',
    '1',
    '--losses',
    'contrastive',
    '--seeds',
    '0',
    '--epochs',
    '1',
    ...small,
  ]);
  assert.equal(studied.code, 0, studied.output);
  assert.match(studied.output, /^τ 1, seed 0: k-NN [\d.]+ %/m);
  const profiled = await command('profile', ['temperature', '--runs', '2', ...small]);
  assert.equal(profiled.code, 0, profiled.output);
  assert.match(profiled.output, /^a step: [\d.]+ ms/m);
  const measured = await command('benchmark', ['memory', '--steps', '10']);
  assert.equal(measured.code, 0, measured.output);
  assert.match(measured.output, /^ {2}10 steps: .*, \d+ tensors\n {2}nothing was published$/m);
});

test('npm run doctor finds nothing missing', async () => {
  const {code, output} = await command('doctor', ['--quick']);
  assert.equal(code, 0, output);
  assert.match(output, /^Training step +SimCLR.*plain \d+ images\/s/m);
  assert.match(output, /Nothing is missing\.\n$/);
});

test('npm run docs finds every page fresh', async () => {
  const {code, output} = await command('docs', ['--check']);
  assert.equal(code, 0, output);
});

test('npm run api writes the reference', async () => {
  const {code, output} = await command('api', ['--out', path.join(temporary, 'api')]);
  assert.equal(code, 0, output);
  assert.ok(fs.existsSync(path.join(temporary, 'api', 'index.html')));
});

test('npm run kernel, and --remove', async () => {
  const env = {HOME: temporary, JUPYTER_DATA_DIR: path.join(temporary, 'jupyter'), XDG_DATA_HOME: temporary};
  const spec = path.join(temporary, 'jupyter', 'kernels', 'ssl-workbench', 'kernel.json');
  assert.equal((await command('kernel', [], {env})).code, 0);
  const {argv} = JSON.parse(fs.readFileSync(spec, 'utf8')) as {argv: string[]};
  assert.equal(fs.realpathSync(argv[1]!), fs.realpathSync(path.join(root, 'setup', 'kernel.cjs')));
  assert.match((await command('kernel', ['--remove'], {env})).output, /^Kernel removed from /);
  assert.equal(fs.existsSync(spec), false);
});

/** Each command of a text: script and words up to its end. */
const commandsOf = (text: string) =>
  [...text.matchAll(/\bnpm (?:run )?([a-z]+)(?: +(?:-- +)?([^`#|\n;,]*))?/g)].map(([, script = '', words = '']) => ({
    script,
    words: words.trim().split(/\s+/).filter(Boolean),
  }));

/** The form of a command that stands in {@link executed}; words that name nothing fail. */
function formOf(script: string, [word]: string[]): string {
  if (word === undefined || word.startsWith('-')) return script;
  const programs = {study, profile, benchmark};
  if (Object.hasOwn(programs, script)) {
    const names = programs[script as keyof typeof programs].commands.map(one => one.name());
    assert.ok(
      names.includes(word) || word.startsWith('<'),
      `npm run ${script} -- ${word}: expected one of ${names.join(', ')}`,
    );
    return script;
  }
  if (script === 'start') return `start ${findNotebook(word) && 'NAME'}`;
  if (script !== 'test') return script;
  if (['notebook', 'types', 'quick', 'lint', 'changed'].includes(word)) return `test ${word}`;
  assert.ok(
    testNames().some((name: string) => name.includes(word)),
    `npm test -- ${word} names no test`,
  );
  return 'test PATH';
}

test('every command that the documents name is one of these', () => {
  const docs = path.join(root, 'docs');
  const files = [
    'README.md',
    'CONTRIBUTING.md',
    ...(fs.existsSync(docs)
      ? fs
          .readdirSync(docs)
          .filter(file => file.endsWith('.md'))
          .map(file => path.join('docs', file))
      : []),
  ];
  const named = files.flatMap(file =>
    [...fs.readFileSync(path.join(root, file), 'utf8').matchAll(/`([^`\n]*\bnpm [^`\n]*)`|^(npm .*)$/gm)].flatMap(
      ([, quoted, line]) => commandsOf(quoted ?? line ?? ''),
    ),
  );
  assert.ok(named.length >= 15, `found only ${named.length} commands`);
  // parts of the `npm test` that runs this file
  const byTheRunItself = ['test', 'test notebook', 'test types', 'test quick', 'test lint'];
  const forms = new Set(
    named.map(({script, words}) => {
      assert.ok(scripts[script], `npm ${script} is no script of package.json`);
      return formOf(script, words);
    }),
  );
  assert.deepEqual(
    [...forms].filter(form => !executed.has(form) && !byTheRunItself.includes(form)),
    [],
  );
  assert.deepEqual(
    Object.keys(scripts).filter(script => !['test', ...executed].includes(script)),
    [],
  );
});
