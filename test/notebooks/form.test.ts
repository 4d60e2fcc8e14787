// Every committed notebook has the form that its readers rely on. Nothing is executed here.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';

type Output = {output_type: string; data?: Record<string, unknown>};
type Cell = {cell_type: 'code' | 'markdown'; source: string | string[]; execution_count?: number | null; outputs?: Output[]};

const folder = path.join(__dirname, '../../notebooks');
const names = fs.readdirSync(folder).filter(file => file.endsWith('.ipynb') && !file.endsWith('.failed.ipynb'));
const read = (name: string) => JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8')) as {cells: Cell[]; metadata: {kernelspec: {name: string}}};
const text = (source: unknown) => (Array.isArray(source) ? source.join('') : String(source));

test('the four notebooks are there', () => {
  for (const start of ['00-', '01-', '02-', '03-']) assert.ok(names.some(name => name.startsWith(start)), `none begins with ${start}`);
});

for (const name of names) {
  test(`${name} has title, goals, neighbours, budget, questions, take-aways and references`, () => {
    const {cells, metadata} = read(name);
    const all = cells.filter(cell => cell.cell_type === 'markdown').map(cell => text(cell.source)).join('\n');
    const first = text(cells[0]!.source);
    assert.equal(metadata.kernelspec.name, 'ssl-workbench');
    assert.match(first, new RegExp(`^# ${name.slice(0, 2)} · \\S`));
    assert.equal((first.split('**You will**')[1]?.split('Before:')[0]?.match(/^- /gm) ?? []).length, 3, 'three goals');
    for (const preset of ['smoke', 'default', 'paper']) assert.match(first, new RegExp(`^\\| ${preset} \\|`, 'm'));
    assert.doesNotMatch(first, /\| \? \|/, 'a budget is not filled in');
    for (const part of [/<details>/, /^## Take-aways/m, /^## References/m, /arxiv\.org\/abs\//]) assert.match(all, part);
  });

  test(`${name} was executed from top to bottom, without errors, paths of a machine or scripts, and is below 2 MB`, () => {
    const file = path.join(folder, name);
    const code = read(name).cells.filter(cell => cell.cell_type === 'code');
    assert.deepEqual(code.map(cell => cell.execution_count), code.map((_, i) => i + 1));
    const outputs = code.flatMap(cell => cell.outputs ?? []);
    assert.deepEqual(outputs.filter(output => output.output_type === 'error'), []);
    for (const {data} of outputs) {
      if (!data) continue;
      assert.ok(text(data['text/plain'] ?? '').length > 0, 'an output without words for it');
      assert.doesNotMatch(text(data['text/html'] ?? ''), /<script/);
      if (data['application/vnd.plotly.v1+json']) assert.ok(data['image/png'], 'a figure without its picture');
    }
    const raw = fs.readFileSync(file, 'utf8');
    assert.doesNotMatch(raw, /"[^"]*(?<![\w.:/])\/(home|root|Users|tmp|work)\/\w/);
    assert.ok(raw.length < 2e6, `${raw.length} bytes`);
  });
}
