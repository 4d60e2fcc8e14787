// Notebooks executed without a screen, on the real kernel.
// slow: starts processes

import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {after, before, describe, it} from 'node:test';
import {run} from '../../setup/child.mjs';
import {findNotebook, jupyterEnvironment} from '../../setup/notebooks.mjs';

const root = path.join(__dirname, '..', '..');
type Cell = {
  cell_type: string;
  source: string;
  execution_count?: number | null;
  outputs?: {name?: string; text?: string; data?: object}[];
};

describe('execute.py', () => {
  let folder: string;
  before(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'execute-'));
  });
  after(() => fs.rmSync(folder, {recursive: true, force: true}));

  /** Executes cells; gives the saved notebook beside the exit code and what was printed. */
  async function execute(
    name: string,
    sources: string[],
    {partial, abort}: {partial?: string; abort?: (line: string) => boolean} = {},
  ) {
    const cell = (source: string) => ({
      cell_type: 'code',
      id: `cell-${sources.indexOf(source)}`,
      metadata: {},
      source,
      outputs: [{output_type: 'stream', name: 'stdout', text: 'old'}],
      execution_count: 7,
    });
    const file = path.join(folder, `${name}.ipynb`);
    const output = path.join(folder, `${name}.out.ipynb`);
    fs.writeFileSync(
      file,
      JSON.stringify({
        nbformat: 4,
        nbformat_minor: 5,
        metadata: {kernelspec: {name: 'ssl-workbench', display_name: 'TypeScript', language: 'typescript'}},
        cells: sources.map(cell),
      }),
    );
    const controller = new AbortController();
    const {code, output: printed} = await run(
      path.join(root, '.venv', 'bin', 'python'),
      [path.join(root, 'setup', 'execute.py'), file, '--output', output, ...(partial ? ['--partial', partial] : [])],
      {
        env: jupyterEnvironment({SSL_PRESET: 'smoke'}),
        signal: controller.signal,
        onLine: (line: string) => void (abort?.(line) && controller.abort()),
      },
    );
    const saved = partial ?? output;
    const cells = (fs.existsSync(saved) ? JSON.parse(fs.readFileSync(saved, 'utf8')).cells : []) as Cell[];
    const texts = cells.map(({outputs}) => (outputs ?? []).map(({text}) => [text ?? ''].flat().join('')).join(''));
    return {code, printed, cells, texts, whole: fs.existsSync(output)};
  }

  it('saves an executed notebook: counts from 1, preset, no local folder; the kernel runs in the project', async () => {
    const {code, printed, cells, texts} = await execute('good', [
      'console.log(process.env.SSL_PRESET)',
      '',
      "console.log(process.cwd() + '/data', process.env.NOTEBOOK_DIR === process.cwd(), new " +
        "Error('x').stack.includes('file:'))",
    ]);
    assert.equal(code, 0, printed);
    assert.deepEqual(
      cells.map(cell => cell.execution_count),
      [1, null, 2],
    );
    assert.deepEqual(texts, ['smoke\n', '', 'data false false\n']);
    assert.match(printed, /^ +1\/2 +\d+\.\d s {2}console\.log\(process\.env\.SSL_PRESET\)$/m);
  });

  it('prints the error of a cell, saves what was done elsewhere, and exits with 1', async () => {
    const partial = path.join(folder, 'bad.failed.ipynb');
    const {code, printed, cells, texts, whole} = await execute(
      'bad',
      [
        "console.log('first')",
        "throw new RangeError('ntXent: expected temperature > 0, got -1')",
        "console.log('never')",
      ],
      {partial},
    );
    assert.equal(code, 1);
    assert.match(printed, /bad\.ipynb: cell 2 of 3 failed:/);
    assert.match(printed, /^RangeError: ntXent: expected temperature > 0, got -1$/m);
    assert.doesNotMatch(printed, /node_modules\/tslab/);
    assert.equal(texts[0], 'first\n');
    assert.match(texts[1]!, /RangeError/);
    assert.equal(texts[2], '', 'nothing of an earlier execution is left');
    assert.equal(cells[2]!.execution_count, null);
    assert.equal(whole, false, 'the output is not touched');
  });

  it('tells an interrupted cell, a kernel that died, and ends when it is told to', async () => {
    const [interrupted, dead, ended] = await Promise.all([
      execute('interrupted', [
        "const bus = (globalThis as any)[Symbol.for('ssl-workbench.interrupt')];\nbus.once('interrupt', () " +
          "=> console.log('heard'));",
        "setTimeout(() => process.kill(process.pid, 'SIGINT'), 10);\nawait new Promise(resolve => " +
          'setTimeout(resolve, 60_000))',
      ]),
      execute('dead', ["process.kill(process.pid, 'SIGKILL')"]),
      execute('ended', ["console.log('first')", 'await new Promise(resolve => setTimeout(resolve, 60_000))'], {
        abort: line => line.includes('1/2'),
      }),
    ]);
    assert.equal(interrupted.code, 1);
    assert.match(interrupted.printed, /cell 2 of 2 failed:[^]*heard[^]*Interrupted/);
    assert.equal(dead.code, 1);
    assert.match(dead.printed, /the kernel died in cell 1 of 1/);
    assert.equal(ended.code, 130);
    assert.match(ended.printed, /ended\.ipynb: interrupted in cell 2 of 2/);
    assert.equal(ended.texts[0], 'first\n');
  });
});

it('findNotebook names the nearest', () => {
  const names = ['00-start-here', '01-views', '03-temperature'];
  for (const word of ['03-temperature', '03-temperature.ipynb', 'notebooks/03-temperature.ipynb'])
    assert.equal(findNotebook(word, names), '03-temperature');
  for (const [word, meant] of [
    ['03-temprature', '03-temperature'],
    ['temperature', '03-temperature'],
    ['00-strat', '00-start-here'],
    ['veiws', '01-views'],
  ] as const) {
    assert.throws(() => findNotebook(word, names), new RegExp(`no notebook ${word}: did you mean ${meant}\\?`));
  }
});
