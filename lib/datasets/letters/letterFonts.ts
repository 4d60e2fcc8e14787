// Fonts that npm packages carry: their names and licenses, their files, and the outlines of their
// letters.

import {createHash} from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import {parse, type PathCommand} from 'opentype.js';
import {check} from '../../check';
import {packageFolder, packageVersions} from '../files/packageFolder';

/** A font in its regular weight. */
export interface LetterFont {
  name: string;
  license: 'OFL-1.1' | 'Apache-2.0';
}

/** What is drawn in every font: capital letters, small ones, digits. */
export const characters: readonly string[] = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'];

/** Of many hands, and each with small letters of its own: fonts that draw A for a are left out. */
export const letterFonts: readonly LetterFont[] = [
  {name: 'Abril Fatface', license: 'OFL-1.1'},
  {name: 'Arvo', license: 'OFL-1.1'},
  {name: 'Audiowide', license: 'OFL-1.1'},
  {name: 'Caveat', license: 'OFL-1.1'},
  {name: 'Chewy', license: 'Apache-2.0'},
  {name: 'Comfortaa', license: 'OFL-1.1'},
  {name: 'Cookie', license: 'OFL-1.1'},
  {name: 'Courier Prime', license: 'OFL-1.1'},
  {name: 'Cutive Mono', license: 'OFL-1.1'},
  {name: 'Dancing Script', license: 'OFL-1.1'},
  {name: 'Fredericka the Great', license: 'OFL-1.1'},
  {name: 'Gloria Hallelujah', license: 'OFL-1.1'},
  {name: 'Great Vibes', license: 'OFL-1.1'},
  {name: 'Inconsolata', license: 'OFL-1.1'},
  {name: 'Indie Flower', license: 'OFL-1.1'},
  {name: 'Josefin Sans', license: 'OFL-1.1'},
  {name: 'Kalam', license: 'OFL-1.1'},
  {name: 'Libre Baskerville', license: 'OFL-1.1'},
  {name: 'Lobster', license: 'OFL-1.1'},
  {name: 'Lora', license: 'OFL-1.1'},
  {name: 'Marck Script', license: 'OFL-1.1'},
  {name: 'Metamorphous', license: 'OFL-1.1'},
  {name: 'Orbitron', license: 'OFL-1.1'},
  {name: 'Oswald', license: 'OFL-1.1'},
  {name: 'Pacifico', license: 'OFL-1.1'},
  {name: 'Playfair Display', license: 'OFL-1.1'},
  {name: 'Poiret One', license: 'OFL-1.1'},
  {name: 'Press Start 2P', license: 'OFL-1.1'},
  {name: 'Raleway', license: 'OFL-1.1'},
  {name: 'Righteous', license: 'OFL-1.1'},
  {name: 'Roboto', license: 'OFL-1.1'},
  {name: 'Roboto Slab', license: 'Apache-2.0'},
  {name: 'Satisfy', license: 'Apache-2.0'},
  {name: 'Space Mono', license: 'OFL-1.1'},
  {name: 'Special Elite', license: 'Apache-2.0'},
  {name: 'Tangerine', license: 'OFL-1.1'},
  {name: 'Ultra', license: 'Apache-2.0'},
  {name: 'Uncial Antiqua', license: 'OFL-1.1'},
  {name: 'UnifrakturMaguntia', license: 'OFL-1.1'},
  {name: 'VT323', license: 'OFL-1.1'},
];

const slug = (font: LetterFont) => font.name.toLowerCase().replaceAll(' ', '-');

/** Name of the npm package that carries a font. */
export const fontPackage = (font: LetterFont) => `@fontsource/${slug(font)}`;

/** Versions of the packages that carry the fonts, and of the one that reads them. */
export const fontVersions = () => packageVersions([...letterFonts.map(fontPackage), 'opentype.js'], 'letters');

/** The WOFF file. */
const fontFile = (font: LetterFont): Buffer =>
  fs.readFileSync(
    path.join(packageFolder(fontPackage(font), 'letters'), 'files', `${slug(font)}-latin-400-normal.woff`),
  );

/** SHA-256 over the files with their names. */
export function fontChecksum(): string {
  const hash = createHash('sha256');
  for (const font of letterFonts) {
    const bytes = fontFile(font);
    hash.update(`${fontPackage(font)} ${bytes.length}\n`).update(bytes);
  }
  return hash.digest('hex');
}

/** The outline of one character, in units of its font, y down from the baseline. */
export interface Outline {
  /** Data of an SVG path, filled where its winding number is not 0. */
  d: string;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

function command(of: PathCommand): string {
  switch (of.type) {
    case 'M':
    case 'L':
      return `${of.type}${of.x} ${of.y}`;
    case 'Q':
      return `Q${of.x1} ${of.y1} ${of.x} ${of.y}`;
    case 'C':
      return `C${of.x1} ${of.y1} ${of.x2} ${of.y2} ${of.x} ${of.y}`;
    case 'Z':
      return 'Z';
  }
}

/**
 * Data of an SVG path. `toPathData` of opentype.js 2.0.0 would write a corner at 12, −0.001 as M120
 * and leave corners out.
 */
export const pathData = (commands: readonly PathCommand[]): string => commands.map(command).join('');

/**
 * The outlines of {@link characters} in a font, in their order.
 *
 * @throws RangeError when the font has no outline of one.
 */
export function outlines(font: LetterFont): Outline[] {
  const read = parse(fontFile(font));
  return characters.map(character => {
    const glyph = read.charToGlyph(character);
    const drawn = glyph.getPath(0, 0, read.unitsPerEm);
    const there = glyph.index > 0 && drawn.commands.length > 0; // glyph 0 stands for all that are missing
    check(there, 'letters', `expected an outline of ${character} in ${font.name}, got none`);
    const {x1: left, x2: right, y1: top, y2: bottom} = drawn.getBoundingBox();
    return {d: pathData(drawn.commands), left, right, top, bottom};
  });
}
