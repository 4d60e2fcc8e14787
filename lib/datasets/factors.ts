// The factors that generated images are made of, and how they are drawn: a digit in a color, in
// one of two sizes, at one of nine places, before one of eight textures. After the toy of Tian et
// al. 2020 (InfoMin), arXiv:2005.10243, sec. 4.1. Differs from it: one fixed glyph for each digit,
// so that each factor can be read off every image, and textures in place of photographs.

import {check} from '../check';

/** What varies in generated images, independently of each other. */
export const factorNames = ['digit', 'position', 'background', 'colour', 'scale'] as const;
/** A factor by its name. */
export type FactorName = (typeof factorNames)[number];

/** What each value is called. All values of a factor are equally likely. */
export const factorValues: Readonly<Record<FactorName, readonly string[]>> = {
  digit: Array.from('0123456789'),
  position: ['top left', 'top', 'top right', 'left', 'middle', 'right', 'bottom left', 'bottom', 'bottom right'],
  background: ['rows', 'columns', 'rising stripes', 'falling stripes', 'checks', 'dots', 'rings', 'gradient'],
  colour: ['white', 'yellow', 'cyan', 'pink', 'green', 'orange'],
  scale: ['small', 'large'],
};

/** Seven rows of five pixels each. */
const glyphs = [
  '01110 10001 10011 10101 11001 10001 01110',
  '00100 01100 00100 00100 00100 00100 01110',
  '01110 10001 00001 00110 01000 10000 11111',
  '11110 00001 00001 01110 00001 00001 11110',
  '00010 00110 01010 10010 11111 00010 00010',
  '11111 10000 11110 00001 00001 10001 01110',
  '00110 01000 10000 11110 10001 10001 01110',
  '11111 00001 00010 00100 01000 01000 01000',
  '01110 10001 10001 01110 10001 10001 01110',
  '01110 10001 10001 01111 00001 00010 01100',
].map(rows => rows.split(' '));

/** Bytes of red, green, blue; bright, for textures are dark. */
export const factorColors = [
  [255, 255, 255],
  [255, 230, 60],
  [70, 230, 255],
  [255, 120, 200],
  [110, 240, 110],
  [255, 160, 50],
] as const;

/** 0 to 1 at pixel (x, y) of 32 × 32. */
const textures: readonly ((x: number, y: number) => number)[] = [
  (_, y) => Number(y % 6 < 3),
  x => Number(x % 6 < 3),
  (x, y) => Number((x + y) % 8 < 4),
  (x, y) => Number((x - y + 32) % 8 < 4),
  (x, y) => (Math.floor(x / 4) + Math.floor(y / 4)) % 2,
  (x, y) => Number(((x % 6) - 2.5) ** 2 + ((y % 6) - 2.5) ** 2 < 4),
  (x, y) => Number(Math.hypot(x - 15.5, y - 15.5) % 6 < 3),
  (x, y) => (x + y) / 62,
];
/** Bytes of a texture where it is 0 and where it is 1. */
const [DARK, LIGHT] = [
  [20, 24, 40],
  [95, 80, 110],
] as const;

/** Side of the drawing that all sizes are multiples of. */
const SIDE = 32;

/** How many values a factor has. */
export const countOf = (name: FactorName): number => factorValues[name].length;

/** Row of {@link factorMasks} of a digit at a position in a scale. */
export const maskPlace = (digit: number, position: number, scale: number): number =>
  (digit * countOf('position') + position) * countOf('scale') + scale;

/** @throws RangeError when the side is no multiple of 32. */
function zoom(size: number): number {
  check(
    Number.isInteger(size / SIDE) && size >= SIDE,
    'generatedFactors',
    `expected a side of 32 pixels or a multiple, got ${size}`,
  );
  return size / SIDE;
}

/** 255 where the glyph is: [180, size, size], see {@link maskPlace}. */
export function factorMasks(size: number): Uint8Array {
  const z = zoom(size);
  const masks = new Uint8Array(glyphs.length * countOf('position') * countOf('scale') * size * size);
  glyphs.forEach((glyph, digit) =>
    factorValues.position.forEach((_, position) =>
      factorValues.scale.forEach((_, scale) => {
        const dot = (scale + 1) * z;
        const [width, height] = [5 * dot, 7 * dot];
        const [left, top] = [
          (position % 3) * 10 + 6 - 2.5 * (scale + 1),
          Math.floor(position / 3) * 8 + 8 - 3.5 * (scale + 1),
        ].map(place => Math.floor(place) * z) as [number, number];
        const start = maskPlace(digit, position, scale) * size * size;
        for (let y = 0; y < height; y++)
          for (let x = 0; x < width; x++)
            if (glyph[Math.floor(y / dot)]![Math.floor(x / dot)] === '1')
              masks[start + (top + y) * size + left + x] = 255;
      }),
    ),
  );
  return masks;
}

/** [8, size, size, 3]. */
export function factorBackgrounds(size: number): Uint8Array {
  const z = zoom(size);
  const images = new Uint8Array(textures.length * size * size * 3);
  textures.forEach((texture, i) => {
    for (let y = 0; y < size; y++)
      for (let x = 0; x < size; x++)
        for (let c = 0; c < 3; c++)
          images[((i * size + y) * size + x) * 3 + c] = Math.round(
            DARK[c]! + (LIGHT[c]! - DARK[c]!) * texture(Math.floor(x / z), Math.floor(y / z)),
          );
  });
  return images;
}
