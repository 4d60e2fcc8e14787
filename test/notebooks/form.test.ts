// The committed notebooks have one form: what a reader finds where, and nothing that only this
// machine or this day knows.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {test} from 'node:test';

const folder = path.join(__dirname, '../../notebooks');
const files = fs
  .readdirSync(folder)
  .filter(file => file.endsWith('.ipynb') && !file.endsWith('.failed.ipynb'))
  .sort();

type Output = {
  output_type: string;
  name?: string;
  text?: string | string[];
  data?: Record<string, unknown>;
  metadata?: Record<string, unknown>;
};
type Cell = {
  cell_type: 'markdown' | 'code';
  id: string;
  source: string | string[];
  execution_count?: number | null;
  outputs?: Output[];
};
type Notebook = {
  nbformat: number;
  nbformat_minor: number;
  metadata: {kernelspec?: {name: string; language: string}};
  cells: Cell[];
};

const joined = (text: unknown) => (Array.isArray(text) ? text.join('') : String(text));
const PLOTLY = 'application/vnd.plotly.v1+json';
/** Bytes: GitHub draws larger ones no more, and every commit keeps a copy. */
const LARGEST = 2e6;

test('there are notebooks, numbered in order', () => {
  assert.ok(files.length >= 4, `found ${files.length}`);
  for (const file of files) assert.match(file, /^\d\d-[a-z-]+\.ipynb$/);
  assert.equal(new Set(files.map(file => file.slice(0, 2))).size, files.length, 'a number twice');
});

for (const [number, file] of files.entries()) {
  const text = fs.readFileSync(path.join(folder, file), 'utf8');
  const {nbformat, nbformat_minor, metadata, cells} = JSON.parse(text) as Notebook;
  const source = (cell: Cell) => joined(cell.source);
  const code = cells.filter(cell => cell.cell_type === 'code');
  const prose = cells.filter(cell => cell.cell_type === 'markdown').map(source);
  const outputs = code.flatMap(cell => (cell.outputs ?? []).map(output => ({cell: cell.id, output})));

  test(`${file}: title and claim, goals, neighbors, budget`, () => {
    const [title] = prose as [string];
    assert.equal(cells[0]?.cell_type, 'markdown');
    assert.match(
      title,
      new RegExp(`^# ${file.slice(0, 2)} · \\S.*\\n\\n\\*\\*[^*]+[.?!]\\*\\*\\n`),
      'a title and one sentence in bold',
    );
    assert.equal(/\*\*You will\*\*\n\n((?:- .+\n)+)/.exec(title)?.[1]?.trim().split('\n').length, 3, 'three goals');
    const neighbors = /^Before: (.+?)(?: · Next: (.+))?$/m.exec(title);
    assert.ok(neighbors, 'a line Before: … · Next: …');
    if (files[number - 1]) assert.ok(neighbors[1]!.includes(`(${files[number - 1]})`), `Before: ${neighbors[1]}`);
    if (files[number + 1]) assert.ok(neighbors[2]?.includes(`(${files[number + 1]})`), `Next: ${neighbors[2]}`);
    for (const preset of ['smoke', 'default', 'paper'])
      assert.match(title, new RegExp(`^\\| ${preset} \\|.*\\|$`, 'm'), `a row of the budget for ${preset}`);
    assert.match(title, /^\|.*minutes.*memory.*machine.*\|$/m);
    assert.doesNotMatch(title, /\| \? \|/, 'a budget is not filled in');
  });

  test(`${file}: sections end with take-aways, references and credits; two questions; a mistake that is run`, () => {
    const all = prose.join('\n');
    assert.match(all, /^## .*What goes wrong/m);
    const ends = ['## Take-aways', '## References', '## Credits'].map(heading =>
      all.search(new RegExp(`^${heading}`, 'm')),
    );
    assert.ok(
      ends.every((at, i) => at > (ends[i - 1] ?? 0)),
      `take-aways, references, credits in this order: ${ends}`,
    );
    assert.match(all.slice(ends[1]), /\(https:\/\/arxiv\.org\/abs\/\d{4}\.\d{5}\)/);
    assert.ok(all.split('**Predict, then reveal.**').length - 1 >= 2, 'two questions');
    assert.equal(all.split('<details>').length, all.split('</details>').length);
    assert.ok(all.split('<details>').length - 1 >= 2, 'two answers');
    assert.doesNotMatch(all, /\b(TODO|PENDING|FIXME)\b|@[a-z]+@/);
  });

  test(`${file}: the first cell of code imports the library, once, and prints machine, version, preset and seed`, () => {
    const [first] = code as [Cell];
    assert.match(source(first), /from 'ssl-workbench';/);
    assert.deepEqual(
      code
        .slice(1)
        .filter(cell => /^import /m.test(source(cell)))
        .map(cell => cell.id),
      [],
      'imports in later cells',
    );
    for (const printed of ['deviceLine()', '${version}', '${preset()}', '${seed}'])
      assert.ok(source(first).includes(printed), `prints ${printed}`);
    assert.ok(
      code.some(cell => /\bsettings(<[\s\S]+?>)?\(\{/.test(source(cell)) || /Presets\[preset\(\)\]/.test(source(cell))),
      'a cell of settings by preset',
    );
  });

  test(`${file}: links lead to notebooks that are there`, () => {
    for (const [, target] of prose.join('\n').matchAll(/\]\(((?!https?:|#)[^)]+)\)/g))
      assert.ok(fs.existsSync(path.join(folder, target!.split('#')[0]!)), target);
  });

  test(`${file}: executed from top to bottom, without errors, on the project's kernel`, () => {
    assert.deepEqual(
      [nbformat, nbformat_minor >= 5, metadata.kernelspec?.name, metadata.kernelspec?.language],
      [4, true, 'ssl-workbench', 'typescript'],
    );
    assert.deepEqual(
      code.map(cell => cell.execution_count),
      code.map((_, i) => i + 1),
    );
    assert.equal(new Set(cells.map(cell => cell.id)).size, cells.length, 'every cell has an id of its own');
    assert.deepEqual(
      outputs.filter(({output}) => output.output_type === 'error' || output.name === 'stderr').map(({cell}) => cell),
      [],
    );
  });

  test(`${file}: every figure has words, and a picture for readers without JavaScript; no scripts`, () => {
    const figures = outputs.filter(({output}) => output.data?.[PLOTLY]);
    assert.ok(figures.length > 0, 'a figure');
    for (const {
      cell,
      output: {data},
    } of figures) {
      assert.ok(joined(data!['text/plain']).length > 20, `the figure of ${cell} has a text that says what is seen`);
      assert.ok(joined(data!['image/png'] ?? '').length > 1000, `the figure of ${cell} has a PNG`);
    }
    for (const {cell, output} of outputs) {
      assert.doesNotMatch(joined(output.data?.['text/html'] ?? ''), /<(script|iframe)/i, cell);
      assert.ok(
        !output.data || joined(output.data['text/plain'] ?? '').length > 0,
        `an output of ${cell} without plain text`,
      );
    }
  });

  test(`${file}: shown art is credited`, () => {
    const art = outputs.filter(({output}) => JSON.stringify(output.data?.[PLOTLY] ?? '').includes('data:image/png'));
    for (const {cell, output} of art)
      assert.match(JSON.stringify(output.data![PLOTLY]), /Images: /, `a credit line in the figure of ${cell}`);
    assert.ok(/credit/.test(source(code.at(-1)!)), 'the last cell prints credits');
  });

  test(`${file}: no folders of a machine, and small enough`, () => {
    const found = /(?:file:\/\/|\/(?:home|Users|root|tmp|work|mnt|var)\/|[A-Z]:\\\\)[\w.-]*/.exec(
      text.replaceAll(/"image\/png": (?:"[^"]*"|\[[^\]]*\])/g, ''),
    );
    assert.equal(found?.[0], undefined);
    assert.ok(!text.includes(os.homedir() + path.sep));
    assert.ok(Buffer.byteLength(text) < LARGEST, `${Buffer.byteLength(text)} bytes`);
  });
}
