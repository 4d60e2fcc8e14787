// Runs on the real packages: the first run renders into data/, which later runs and everything else
// share.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {before, test} from 'node:test';
import {drawnEmoji, prepareDrawnEmoji} from '../../../lib/datasets/emoji/drawnEmoji';
import type {DrawnEmoji} from '../../../lib/datasets/emoji/drawnEmoji';
import {emojiSources} from '../../../lib/datasets/emoji/emojiSources';
import {dataFolder} from '../../../lib/datasets/files/folder';

const sides = ['train', 'validation', 'test'] as const;
let set: DrawnEmoji;
before(async () => {
  set = await drawnEmoji();
});

test('sizes of the set and its splits', () => {
  const {shape, images, emoji, labels, classes, splits, heldOut, families} = set;
  assert.deepEqual(shape, [7815, 32, 32, 3]);
  assert.equal(images.length, 7815 * 32 * 32 * 3);
  assert.equal(emoji.length, 1563);
  assert.equal(classes.length, 28);
  assert.equal(labels.filter(label => label >= 0).length, 4665);
  assert.deepEqual(
    Object.values(splits).map(split => split.length),
    [6235, 3255, 465, 945],
  );
  assert.equal(heldOut.length, 1580);
  assert.equal(new Set(families).size, 1393);
});

test('each image is on one side, families too, and pre-training sees none of the test families', () => {
  const {
    labels,
    splits,
    heldOut,
    families,
    shape: [n],
  } = set;
  const all = sides.flatMap(side => [...splits[side]]);
  assert.equal(new Set(all).size, all.length);
  assert.deepEqual(
    all.sort((a, b) => a - b),
    Array.from({length: n}, (_, i) => i).filter(i => labels[i]! >= 0),
  );
  assert.deepEqual(
    [...splits.pretrain, ...heldOut].sort((a, b) => a - b),
    Array.from({length: n}, (_, i) => i),
  );
  const familiesOf = (indices: Int32Array) => new Set(Array.from(indices, i => families[i]!));
  const shared = (a: Int32Array, b: Int32Array) => [...familiesOf(a)].filter(family => familiesOf(b).has(family));
  assert.deepEqual(shared(splits.pretrain, heldOut), []);
  for (const [a, b] of [
    ['train', 'validation'],
    ['train', 'test'],
    ['validation', 'test'],
  ] as const)
    assert.deepEqual(shared(splits[a], splits[b]), []);
});

test('no two sides share a name but for woman, man, person, hair', () => {
  const stem = (name: string) =>
    name
      .replace(/: .* hair|: (bald|beard)/, '')
      .replace(
        /\b(wo)?m[ae]n\b|\b(person|people|boy|girl|child)\b|mermaid|merman|merperson|\b(Santa|Mrs\.|Mx) (?=Clau)/g,
        '',
      )
      .replace(/\s+/g, ' ')
      .trim();
  assert.equal(new Set(['woman health worker', 'man health worker', 'health worker'].map(stem)).size, 1);
  const side = new Map<string, Set<string>>();
  const name = (i: number) =>
    (['test', 'validation', 'train'] as const).find(part => set.splits[part].includes(i)) ?? '';
  set.captions.forEach((caption, i) => {
    if (i % 5 === 0 && set.labels[i]! >= 0)
      side.set(stem(caption), (side.get(stem(caption)) ?? new Set()).add(name(i)));
  });
  assert.deepEqual(
    [...side].filter(([shared, names]) => shared !== '' && names.size > 1),
    [],
  ); // '' is child and person, of two families
});

test('every class is on every side, with about its share', () => {
  const count = (side: (typeof sides)[number], label: number) =>
    set.splits[side].filter(i => set.labels[i] === label).length / 5;
  set.classes.forEach((name, label) => {
    const [train, validation, testing] = sides.map(side => count(side, label)) as [number, number, number];
    assert.ok(
      train + validation + testing >= 20 &&
        validation >= 1 &&
        testing >= 4 &&
        Math.abs(testing / (train + validation + testing) - 0.2) < 0.05,
      `${name}: ${train}, ${validation}, ${testing}`,
    );
  });
});

test('image i shows emoji ⌊i / 5⌋ in drawing i mod 5; five drawings by four hands', () => {
  assert.deepEqual([...set.emojiOf.subarray(3, 12)], [0, 0, 1, 1, 1, 1, 1, 2, 2]);
  assert.deepEqual([...set.drawings.subarray(3, 12)], [3, 4, 0, 1, 2, 3, 4, 0, 1]);
  assert.deepEqual([...set.hands.subarray(3, 12)], [3, 3, 0, 1, 2, 3, 3, 0, 1]);
  assert.deepEqual(set.handNames, ['OpenMoji', 'Noto', 'Twemoji', 'Fluent']);
  assert.equal(set.drawingNames.length, 5);
  assert.deepEqual(set.emoji[0], {
    character: '😀',
    codePoints: '1F600',
    name: 'grinning face',
    category: 'Smileys & Emotion',
    subcategory: 'face-smiling',
  });
  const firefighter = set.emoji.findIndex(({character}) => character === '👩‍🚒') * 5;
  assert.equal(set.captions[firefighter], 'woman firefighter');
  assert.equal(set.classes[set.labels[firefighter]!], 'person-role');
  assert.equal(set.labels[0], -1); // 14 smiling faces are no class
});

test('every drawing is there: on white, with something on it, unlike the other hands', () => {
  const size = 32 * 32 * 3;
  const image = (i: number) => set.images.subarray(i * size, (i + 1) * size);
  for (let i = 0; i < 7815; i++) {
    const drawn = image(i).reduce((count, value) => count + (value < 240 ? 1 : 0), 0);
    assert.ok(drawn > 60, `${set.captions[i]} by ${set.drawingNames[i % 5]}: ${drawn} values are not white`);
  }
  for (let e = 0; e < 1563; e++) {
    const different = new Set([0, 1, 2, 3, 4].map(d => Buffer.from(image(e * 5 + d)).toString('latin1')));
    assert.equal(different.size, 5, set.captions[e * 5]);
  }
});

test('a mirrored drawing is mirrored', () => {
  const flat = (character: string) => {
    const i = set.emoji.findIndex(emoji => emoji.character === character) * 5 + 3;
    return set.images.subarray(i * 3072, (i + 1) * 3072);
  };
  const [right, left] = [flat('👉'), flat('👈')];
  let sum = 0;
  for (let y = 0; y < 32; y++)
    for (let x = 0; x < 32; x++)
      for (let c = 0; c < 3; c++) sum += Math.abs(right[(y * 32 + x) * 3 + c]! - left[(y * 32 + 31 - x) * 3 + c]!);
  assert.ok(sum / 3072 < 2, `mean difference ${sum / 3072}`);
});

test('both sizes show the same: 32 px is 64 px halved', async () => {
  const large = await drawnEmoji({size: 64});
  assert.deepEqual(large.shape, [7815, 64, 64, 3]);
  assert.deepEqual(large.splits, set.splits);
  assert.equal(large.checksum, set.checksum);
  for (const i of [0, 1234, 7814])
    for (const [y, x, c] of [
      [0, 0, 0],
      [15, 16, 1],
      [20, 9, 2],
    ] as const) {
      const at = (dy: number, dx: number) => large.images[((i * 64 + 2 * y + dy) * 64 + 2 * x + dx) * 3 + c]!;
      assert.equal(
        set.images[((i * 32 + y) * 32 + x) * 3 + c],
        Math.floor((at(0, 0) + at(0, 1) + at(1, 0) + at(1, 1) + 2) / 4),
      );
    }
});

test('credit and license name every hand; the checksum is that of the sources', () => {
  for (const hand of ['OpenMoji', 'Noto', 'Twemoji', 'Fluent'])
    assert.ok(set.credit.includes(hand) && set.license.includes(hand), hand);
  for (const license of ['CC-BY-SA-4.0', 'Apache-2.0', 'CC-BY-4.0', 'MIT'])
    assert.ok(set.license.includes(license), license);
  assert.equal(set.checksum, emojiSources().checksum());
});

test('prepared images are used as they are, unless of other packages, of another recipe or cut off', async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'emoji-'));
  const copy = path.join(folder, 'drawn-emoji');
  const stop = (line: string): never => {
    throw new Error(`prepares: ${line}`);
  };
  try {
    fs.mkdirSync(copy);
    fs.copyFileSync(path.join(dataFolder(), 'drawn-emoji', 'drawn-emoji.json'), path.join(copy, 'drawn-emoji.json'));
    for (const size of [32, 64]) {
      // of the right length, without the pixels
      fs.writeFileSync(path.join(copy, `${size}px.uint8`), '');
      fs.truncateSync(path.join(copy, `${size}px.uint8`), 7815 * size * size * 3);
    }
    const record = path.join(copy, 'drawn-emoji.json');
    const text = fs.readFileSync(record, 'utf8');
    await prepareDrawnEmoji({folder, log: stop});
    fs.writeFileSync(record, text.replace(/"openmoji":"[^"]*"/, '"openmoji":"1.0.0"'));
    await assert.rejects(prepareDrawnEmoji({folder, log: stop}), /prepares: drawn emoji: rendering 5 drawings of each/);
    fs.writeFileSync(record, text.replace('"recipe":1', '"recipe":0'));
    await assert.rejects(drawnEmoji({folder, log: stop}), /prepares/);
    fs.writeFileSync(record, text);
    fs.truncateSync(path.join(copy, '32px.uint8'), 1000);
    await assert.rejects(drawnEmoji({folder, log: stop}), /prepares/);
  } finally {
    fs.rmSync(folder, {recursive: true});
  }
});

test('refuses another size', async () => {
  await assert.rejects(drawnEmoji({size: 48 as 32}), /^RangeError: drawnEmoji: expected size 32 or 64, got 48/);
});
