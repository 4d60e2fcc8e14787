// The drawings as their makers publish them: which emoji all hands have drawn, and the source (SVG
// or WebP) of each drawing.

import {createHash} from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type {Emoji} from './emojiFamilies';
import {packageFolder, packageVersions} from '../files/packageFolder';

/** A set of drawings. Fluent flat and Fluent 3D are two of one hand. */
export interface Drawing {
  name: string;
  hand: string;
  package: string;
  license: string;
  credit: string;
}

export const drawings: readonly Drawing[] = [
  {
    name: 'OpenMoji',
    hand: 'OpenMoji',
    package: 'openmoji',
    license: 'CC-BY-SA-4.0',
    credit: 'OpenMoji (openmoji.org), CC BY-SA 4.0',
  },
  {
    name: 'Noto',
    hand: 'Noto',
    package: '@iconify-json/noto',
    license: 'Apache-2.0',
    credit: 'Noto Emoji, Google Inc, Apache-2.0',
  },
  {
    name: 'Twemoji',
    hand: 'Twemoji',
    package: '@iconify-json/twemoji',
    license: 'CC-BY-4.0',
    credit: 'Twemoji, Twitter, Inc and other contributors, CC BY 4.0',
  },
  {
    name: 'Fluent flat',
    hand: 'Fluent',
    package: '@iconify-json/fluent-emoji-flat',
    license: 'MIT',
    credit: 'Fluent Emoji, Microsoft Corporation, MIT',
  },
  {
    name: 'Fluent 3D',
    hand: 'Fluent',
    package: '@lobehub/fluent-emoji-3d',
    license: 'MIT',
    credit: 'Fluent Emoji, Microsoft Corporation, MIT',
  },
];

const labels = 'emoji-datasource';

function json<T>(name: string, file: string): T {
  return JSON.parse(fs.readFileSync(path.join(packageFolder(name, 'drawnEmoji'), file), 'utf8')) as T;
}

/** Versions of the packages that the drawings and their names come from. */
export function sourceVersions(): Record<string, string> {
  return packageVersions([...drawings.map(drawing => drawing.package), labels], 'drawnEmoji');
}

type Icon = {
  body?: string;
  parent?: string;
  left?: number;
  top?: number;
  width?: number;
  height?: number;
  hFlip?: boolean;
};
type IconSet = {icons: Record<string, Icon>; aliases?: Record<string, Icon>; width: number; height: number};

/** Code points without FE0F, in lower case: packages disagree on both. */
const plain = (codePoints: string) =>
  codePoints
    .toLowerCase()
    .split('-')
    .filter(code => code !== 'fe0f')
    .join('-');

/** An icon of an iconify set as a whole SVG file. */
function svgOf(set: IconSet, name: string): string {
  const alias = set.aliases?.[name];
  const {
    left = 0,
    top = 0,
    width = set.width,
    height = set.height,
    hFlip = false,
    body,
  } = {...set.icons[alias?.parent ?? name], ...alias};
  const drawn = hFlip ? `<g transform="translate(${2 * left + width} 0) scale(-1 1)">${body}</g>` : body;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="${left} ` +
    `${top} ${width} ${height}">${drawn}</svg>`
  );
}

/** What is needed to render: the emoji that have all drawings, and `source(emoji, drawing)`. */
export interface EmojiSources {
  emoji: Emoji[];
  source(emoji: number, drawing: number): Buffer;
  /** SHA-256 over all sources with their names. Rendered pixels have none: renderers differ. */
  checksum(): string;
}

/**
 * Finds the emoji that every hand has drawn, flags left out (no flag has all drawings but eight,
 * and those are patterns more than pictures).
 */
export function emojiSources(): EmojiSources {
  type Listed = {unified: string; category: string; subcategory: string; sort_order: number};
  const names = new Map(
    json<{hexcode: string; annotation: string}[]>('openmoji', 'data/openmoji.json').map(({hexcode, annotation}) => [
      plain(hexcode),
      {hexcode, annotation},
    ]),
  );
  const sets = drawings
    .filter(drawing => drawing.package.startsWith('@iconify-json/'))
    .map(drawing => {
      const icons = json<IconSet>(drawing.package, 'icons.json');
      const chars = new Map(
        Object.entries(json<Record<string, string>>(drawing.package, 'chars.json')).map(([code, name]) => [
          plain(code),
          name,
        ]),
      );
      return {
        icons,
        chars,
        has: (name: string | undefined) => name !== undefined && (name in icons.icons || name in (icons.aliases ?? {})),
      };
    });
  // A mirrored drawing has a name but no entry in its set's table of code points: it goes by the
  // name in Noto's table.
  const iconOf = (set: (typeof sets)[number], code: string) =>
    [set.chars.get(code), sets[0]!.chars.get(code)].find(name => set.has(name));
  const solid = path.join(packageFolder('@lobehub/fluent-emoji-3d', 'drawnEmoji'), 'assets');
  const solids = new Map(fs.readdirSync(solid).map(file => [plain(path.parse(file).name), path.join(solid, file)]));
  const openmoji = path.join(packageFolder('openmoji', 'drawnEmoji'), 'color', 'svg');

  const emoji = json<Listed[]>(labels, 'emoji.json')
    .filter(
      ({unified, category}) =>
        category !== 'Flags' &&
        names.has(plain(unified)) &&
        solids.has(plain(unified)) &&
        sets.every(set => iconOf(set, plain(unified))),
    )
    .sort((a, b) => a.sort_order - b.sort_order)
    .map(({unified, category, subcategory}) => ({
      character: String.fromCodePoint(...unified.split('-').map(code => parseInt(code, 16))),
      codePoints: unified,
      name: names.get(plain(unified))!.annotation,
      category,
      subcategory,
    }));

  const source = (i: number, drawing: number): Buffer => {
    const code = plain(emoji[i]!.codePoints);
    if (drawing === 0) return fs.readFileSync(path.join(openmoji, `${names.get(code)!.hexcode}.svg`));
    if (drawing === drawings.length - 1) return fs.readFileSync(solids.get(code)!);
    const set = sets[drawing - 1]!;
    return Buffer.from(svgOf(set.icons, iconOf(set, code)!));
  };

  const checksum = () => {
    const hash = createHash('sha256');
    emoji.forEach(({codePoints}, i) =>
      drawings.forEach((drawing, d) => {
        const bytes = source(i, d);
        hash.update(`${codePoints} ${drawing.package} ${bytes.length}\n`).update(bytes);
      }),
    );
    return hash.digest('hex');
  };
  return {emoji, source, checksum};
}
