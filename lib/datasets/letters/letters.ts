// Drawn letters: 62 characters in forty fonts, black on white, rendered from npm packages. Labeled
// by character, split by font.

import path from 'node:path';
import sharp from 'sharp';
import {check} from '../../check';
import {macrotask} from '../../macrotask';
import {channelStatistics} from '../channelStatistics';
import type {LoadedDataset} from '../dataset';
import {dataFolder} from '../files/folder';
import {loadRendered, prepareRendered, type RenderedOptions, type RenderedSet} from '../rendered';
import {sidesOf, type Side} from '../sides';
import {
  characters,
  fontChecksum,
  fontVersions,
  letterFonts,
  outlines,
  type LetterFont,
  type Outline,
} from './letterFonts';

/** Image i shows character i mod 62 in font ⌊i / 62⌋. */
export interface Letters extends LoadedDataset {
  /** Names of the fonts, by number. */
  fonts: readonly string[];
  /** [n] number of the font, 0 to 39. */
  families: Int32Array;
  captions: readonly string[];
}

/** Fonts held out: 8 of 40 for the test, 4 for validation. */
const split = {shares: {test: 1 / 5, validation: 1 / 10}, seed: 'letters'};

/** Sides in pixels of an image and of what a letter may fill of it. */
const [side, inner] = [64, 60];

/**
 * All letters of a font as one SVG, images of 64 px one below the other. One scale for all, so that
 * c stays smaller than C and o than O: the widest letter or the height from the highest top to the
 * lowest descender fills 60 px. They stand on one baseline, each in the middle of its image's width.
 */
export function letterSheet(of: readonly Outline[]): string {
  const top = Math.min(...of.map(outline => outline.top));
  const bottom = Math.max(...of.map(outline => outline.bottom));
  const widest = Math.max(...of.map(({left, right}) => right - left));
  const scale = inner / Math.max(widest, bottom - top);
  const paths = of.map(({d, left, right}, i) => {
    const x = side / 2 - (scale * (left + right)) / 2;
    const y = side * (i + 1 / 2) - (scale * (top + bottom)) / 2;
    return `<path transform="translate(${x} ${y}) scale(${scale})" d="${d}"/>`;
  });
  const size = `width="${side}" height="${side * of.length}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size}>${paths.join('')}</svg>`;
}

/** All letters of a font, 64 × 64 × 3 bytes each. */
async function draw(font: LetterFont): Promise<Buffer> {
  const pixels = await sharp(Buffer.from(letterSheet(outlines(font))))
    .flatten({background: '#ffffff'})
    .raw()
    .toBuffer();
  const bytes = characters.length * side * side * 3;
  check(pixels.length === bytes, 'letters', `expected ${bytes} bytes of ${font.name}, got ${pixels.length}`);
  return pixels;
}

const set: RenderedSet<{fonts: string[]}> = {
  name: 'letters',
  caller: 'letters',
  what: `${characters.length} characters in ${letterFonts.length} fonts`,
  recipe: 1,
  versions: fontVersions,
  count: ({fonts}) => fonts.length * characters.length,
  async render(progress) {
    const images: Buffer[] = [];
    for (const font of letterFonts) {
      images.push(await draw(font));
      progress(() => `${images.length} of ${letterFonts.length} fonts`);
      await macrotask();
    }
    return {images: Buffer.concat(images), checksum: fontChecksum(), facts: {fonts: letterFonts.map(({name}) => name)}};
  },
};

/**
 * Draws the letters in both sizes into the folder of data, once: a few seconds, 38 MB. Returns at
 * once when they are there and made of the installed packages.
 */
export async function prepareLetters(options: Omit<RenderedOptions, 'size'> = {}): Promise<void> {
  await prepareRendered(set, options);
}

/**
 * Loads the drawn letters, rendered first when they are missing. 2,480 images: the capital and small
 * letters and the digits in forty fonts, upright and handwritten, black on white. The label is the
 * character, 62 classes.
 *
 * The split is by font, so that a test image shows a letter in a font that no encoder and no probe
 * has seen: 28 fonts are for training, 4 for validation, 8 for the test. Pre-training sees the fonts
 * for training and validation.
 *
 * Letters of one font have one scale. Which is o, O or 0 is still told in part by the font's own
 * proportions, which one image does not show: no reader would get all of them right.
 *
 * @throws RangeError when the size is neither 32 nor 64.
 *
 * @example
 * ```ts
 * import {letters} from 'ssl-workbench';
 * const {captions, splits} = await letters({size: 32});
 * console.log(captions[26], splits.test.length); // a in Abril Fatface 496
 * ```
 */
export async function letters({
  size = 32,
  log = console.log,
  folder = dataFolder(),
}: RenderedOptions = {}): Promise<Letters> {
  const {
    images,
    record: {fonts, checksum},
  } = await loadRendered(set, {size, log, folder});
  const n = fonts.length * characters.length;
  const shape = [n, size, size, 3] as const;
  const sideOf = sidesOf(
    fonts,
    fonts.map(() => 'fonts'),
    split,
  );
  const labels = Int32Array.from({length: n}, (_, i) => i % characters.length);
  const families = Int32Array.from({length: n}, (_, i) => Math.floor(i / characters.length));
  const on = (...sides: Side[]) => Int32Array.from(families.keys()).filter(i => sides.includes(sideOf[families[i]!]!));
  const splits = {
    pretrain: on('train', 'validation'),
    train: on('train'),
    validation: on('validation'),
    test: on('test'),
  };
  const licenses = [...new Set(letterFonts.map(({license}) => license))];
  return {
    name: `letters-${size}`,
    images,
    shape,
    labels,
    classes: characters,
    splits,
    fonts,
    families,
    captions: Array.from(labels, (label, i) => `${characters[label]!} in ${fonts[families[i]!]!}`),
    ...channelStatistics(images, shape, splits.pretrain),
    license: licenses.join(', '),
    credit: `Letters in ${fonts.length} fonts of Google Fonts, packaged by Fontsource`,
    checksum,
    origin: {loader: 'letters', options: {folder: path.resolve(folder), size}},
  };
}
