// One spelling, American, in what is written by hand.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';

const root = path.join(__dirname, '..');

const british = new RegExp(
  [
    'colour|neighbour|behaviour|favour|honour|centr(?:e|ed|ing)|grey|licence',
    'labell|modell|dialled|per cent\\b|\\btowards',
    '(?:normal|standard|minim|maxim|optim|recogn|random|penal)is(?:e|ing|ation)',
    '(?:summar|general|initial|regular|organ|visual)is(?:e|ing|ation)',
    '\\banalys(?:e[dr]?\\b|ing)',
  ].join('|'),
  'i',
);

/**
 * What stays: a paper's title, sharp's function, and names that decide random draws, so that numbers
 * of seeded trainings stay the same.
 */
const kept = new RegExp(
  [
    'the Behaviour of',
    String.raw`\.greyscale\(`,
    String.raw`fold\(key, 'centres'\)`,
    String.raw`'colour'|colour: \[|factors\.colour|background, colour, scale|\(colour\)`,
  ].join('|'),
  'g',
);

/** Lines of the sources of `folder`; of notebooks those of their cells. */
function linesOf(folder: string): {place: string; line: string}[] {
  return (fs.readdirSync(path.join(root, folder), {recursive: true}) as string[])
    .filter(file => /\.(?:ts|md|ipynb)$/.test(file) && !/^(?:dist|results|published)\b/.test(file))
    .flatMap(file => {
      const text = fs.readFileSync(path.join(root, folder, file), 'utf8');
      const written = file.endsWith('.ipynb')
        ? (JSON.parse(text) as {cells: {source: string[]}[]}).cells.flatMap(({source}) => source)
        : text.split('\n');
      return written.map((line, i) => ({place: `${folder}/${file}:${i + 1}`, line}));
    });
}

test('lib, experiments, notebooks and docs are spelled the American way', () => {
  const all = ['lib', 'experiments', 'notebooks', 'docs'].flatMap(linesOf);
  assert.ok(all.length > 10_000, `found only ${all.length} lines`);
  const found = all.filter(({line}) => british.test(line.replaceAll(kept, '')));
  assert.deepEqual(
    found.map(({place, line}) => `${place} ${line.trim()}`),
    [],
  );
});
