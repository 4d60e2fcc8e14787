// Runs on the real packages; set-up has drawn the letters into data/, which everything else shares.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {before, test} from 'node:test';
import {packageFolder} from '../../../lib/datasets/files/packageFolder';
import {
  characters,
  fontChecksum,
  fontPackage,
  letterFonts,
  pathData,
  type Outline,
} from '../../../lib/datasets/letters/letterFonts';
import {letters, letterSheet, type Letters} from '../../../lib/datasets/letters/letters';

const sides = ['train', 'validation', 'test'] as const;
let set: Letters;
let large: Letters;
before(async () => {
  set = await letters();
  large = await letters({size: 64});
});

/** One image of 64 px. */
const imageOf = (font: string, character: string) => {
  const i = set.fonts.indexOf(font) * 62 + characters.indexOf(character);
  return large.images.subarray(i * 64 * 64 * 3, (i + 1) * 64 * 64 * 3);
};

/** First and last row and column with something darker than half of white, in pixels of 64. */
function boxOf(image: Uint8Array) {
  const dark = Array.from({length: 64 * 64}, (_, at) => at).filter(at => image[3 * at]! < 128);
  const [rows, columns] = [dark.map(at => Math.floor(at / 64)), dark.map(at => at % 64)];
  return {
    top: Math.min(...rows),
    bottom: Math.max(...rows),
    left: Math.min(...columns),
    right: Math.max(...columns),
    dark: dark.length,
  };
}

test('sizes of the set and its splits; image i shows character i mod 62 in font ⌊i / 62⌋', () => {
  const {shape, images, labels, classes, splits, families, fonts, captions} = set;
  assert.deepEqual(shape, [2480, 32, 32, 3]);
  assert.equal(images.length, 2480 * 32 * 32 * 3);
  assert.deepEqual(
    Object.values(splits).map(({length}) => length),
    [32 * 62, 28 * 62, 4 * 62, 8 * 62],
  );
  assert.equal(classes.length, 62);
  assert.equal(new Set(fonts).size, 40);
  assert.deepEqual([classes[0], classes[25], classes[26], classes[51], classes[52], classes[61]], [...'AZaz09']);
  const lora = fonts.indexOf('Lora') * 62 + 26;
  assert.deepEqual([captions[lora], labels[lora], families[lora]], ['a in Lora', 26, 19]);
});

test('each font is on one side, with every class once', () => {
  const {splits, families, labels} = set;
  const fontsOf = (indices: Int32Array) => [...new Set(Array.from(indices, i => families[i]!))];
  const all = sides.flatMap(side => fontsOf(splits[side]));
  assert.deepEqual(
    all.sort((a, b) => a - b),
    Array.from({length: 40}, (_, font) => font),
  );
  assert.deepEqual(
    [...splits.pretrain],
    [...splits.train, ...splits.validation].sort((a, b) => a - b),
  );
  for (const side of sides)
    for (const font of fontsOf(splits[side]))
      assert.deepEqual(
        [...splits[side]].filter(i => families[i] === font).map(i => labels[i]),
        Array.from(characters.keys()),
      );
  assert.deepEqual(
    fontsOf(splits.test).map(font => set.fonts[font]),
    [
      'Dancing Script',
      'Great Vibes',
      'Indie Flower',
      'Lobster',
      'Playfair Display',
      'Press Start 2P',
      'Ultra',
      'UnifrakturMaguntia',
    ],
  );
});

test('every letter is there, in gray, with a white border; in each font a, c, o stand apart from A, C, O and 0', () => {
  for (const font of set.fonts) {
    for (const character of characters) {
      const image = imageOf(font, character);
      const {dark} = boxOf(image);
      assert.ok(dark >= 8 && dark < 64 * 32, `${character} in ${font}: ${dark} dark pixels`);
      let wrong = 0;
      for (let at = 0; at < 64 * 64; at++) {
        const [value, y, x] = [image[3 * at]!, Math.floor(at / 64), at % 64];
        if (image[3 * at + 1] !== value || image[3 * at + 2] !== value) wrong++;
        if (Math.min(x, y, 63 - x, 63 - y) < 1 && value < 255) wrong++;
      }
      assert.equal(wrong, 0, `${character} in ${font}`);
    }
    const unlike = (a: string, b: string) => {
      const [one, other] = [imageOf(font, a), imageOf(font, b)];
      const difference = one.reduce((sum, value, at) => sum + Math.abs(value - other[at]!), 0);
      assert.ok(difference > 3 * 255 * 10, `${a}, ${b} in ${font}: ${difference}`); // ten pixels from black to white
    };
    for (const small of 'abcdefghijklmnopqrstuvwxyz') unlike(small, small.toUpperCase());
    unlike('o', '0');
  }
});

test('path data in closed form, a number near 0 apart from the one before it', () => {
  const data = pathData([
    {type: 'M', x: 12, y: -0.001},
    {type: 'L', x: 30, y: 40},
    {type: 'Q', x1: -1, y1: 2, x: 3, y: 4},
    {type: 'C', x1: 1, y1: 2, x2: 3, y2: 4, x: 5, y: -6},
    {type: 'Z'},
  ]);
  assert.equal(data, 'M12 -0.001L30 40Q-1 2 3 4C1 2 3 4 5 -6Z');
});

test('strokes and holes are where the letter has them', () => {
  /** Strokes that a row crosses, from the top (0) to the bottom (1) of the letter. */
  const strokes = (font: string, character: string, share: number) => {
    const image = imageOf(font, character);
    const {top, bottom} = boxOf(image);
    const y = Math.round(top + share * (bottom - top));
    let count = 0;
    for (let x = 1; x < 64; x++) if (image[(y * 64 + x) * 3]! < 128 && image[(y * 64 + x - 1) * 3]! >= 128) count++;
    return count;
  };
  for (const [font, character, share, count] of [
    ['Lora', 'D', 0.5, 2],
    ['Roboto', '8', 0.25, 2],
    ['Roboto', 'H', 0.25, 2],
    ['Roboto', 'H', 0.53, 1],
    ['Roboto', 'i', 0.22, 0],
    ['Press Start 2P', '1', 0.95, 1],
    ['Press Start 2P', 'O', 0.5, 2],
  ] as const)
    assert.equal(strokes(font, character, share), count, `${character} in ${font} at ${share}`);
});

test('one scale and one baseline a font; every letter in the middle, the largest fills 60 px', () => {
  for (const font of ['Roboto', 'Arvo', 'Great Vibes']) {
    const boxes = characters.map(character => boxOf(imageOf(font, character)));
    const largest = Math.max(
      ...boxes.map(({left, right}) => right - left + 1),
      Math.max(...boxes.map(({bottom}) => bottom)) - Math.min(...boxes.map(({top}) => top)) + 1,
    );
    assert.ok(largest >= 57 && largest <= 61, `${font}: ${largest}`); // thin ends are not dark
    for (const [i, {left, right}] of boxes.entries())
      assert.ok(Math.abs(left + right - 63) <= 4, `${characters[i]} in ${font}: ${left} to ${right}`);
  }
  const roboto = (character: string) => boxOf(imageOf('Roboto', character));
  assert.ok(['x', 'z', 'E', 'H', '1'].every(character => Math.abs(roboto(character).bottom - roboto('x').bottom) <= 1));
  const height = (character: string) => roboto(character).bottom - roboto(character).top + 1;
  assert.ok(Math.abs(height('x') / height('H') - 1082 / 1456) < 0.04); // of its x-height and its capitals' height
  assert.ok(roboto('p').bottom > roboto('x').bottom + 5);
});

test('a sheet in closed form: the largest side is 60 px, whether it is the width or the height', () => {
  const square: Omit<Outline, 'right'> = {d: 'M0 0', left: 0, top: -700, bottom: 0};
  assert.match(
    letterSheet([
      {...square, right: 1000},
      {...square, right: 500, bottom: 200},
    ]),
    /width="64" height="128".*translate\(2 47\) scale\(0.06\).*translate\(17 111\) scale\(0.06\)/,
  );
  assert.match(letterSheet([{...square, top: -1200, right: 600}]), /translate\(17 62\) scale\(0.05\)/);
});

test('both sizes show the same: 32 px is 64 px halved', () => {
  assert.deepEqual(large.shape, [2480, 64, 64, 3]);
  assert.deepEqual(large.splits, set.splits);
  assert.equal(large.checksum, set.checksum);
  for (const i of [0, 1234, 2479])
    for (let y = 0; y < 32; y++)
      for (let x = 0; x < 32; x++) {
        const at = (dy: number, dx: number) => large.images[((i * 64 + 2 * y + dy) * 64 + 2 * x + dx) * 3]!;
        assert.equal(
          set.images[((i * 32 + y) * 32 + x) * 3],
          (at(0, 0) + at(0, 1) + at(1, 0) + at(1, 1) + 2) >> 2,
          `${i}: ${y}, ${x}`,
        );
      }
});

test('licenses are those of the packages, the page names every font; the checksum is that of the sources', () => {
  const page = fs.readFileSync(path.join(__dirname, '../../../data/README.md'), 'utf8');
  for (const font of letterFonts) {
    const text = fs.readFileSync(path.join(packageFolder(fontPackage(font), 'test'), 'package.json'), 'utf8');
    assert.equal((JSON.parse(text) as {license: string}).license, font.license, font.name);
    assert.ok(page.includes(font.name), font.name);
  }
  assert.equal(set.license, 'OFL-1.1, Apache-2.0');
  assert.equal(set.checksum, fontChecksum());
});

test('refuses another size', async () => {
  await assert.rejects(letters({size: 48 as 32}), /^RangeError: letters: expected size 32 or 64, got 48$/);
});
