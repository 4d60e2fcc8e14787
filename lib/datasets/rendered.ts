// Images made once of what npm packages carry: bytes at 32 and 64 px beside a record of what they
// show and what they are made of, whole or not there.

import fs from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import {check} from '../check';
import {writeWhole} from '../writeWhole';
import {dataFolder} from './files/folder';
import {readableBytes} from './memory';

/** Side in pixels. */
export type RenderedSize = 32 | 64;

export interface RenderedOptions {
  /** Side in pixels; an image of 32 px is that of 64 px halved. @default 32 */
  size?: RenderedSize;
  /** Is told how preparing goes, a line at a time. @default console.log */
  log?: (line: string) => void;
  /** Where the rendered images lie. @default data/ of the project, see dataFolder */
  folder?: string;
}

/**
 * A data set whose images are rendered. Its facts, which the record keeps, say what the images
 * show.
 */
export interface RenderedSet<Facts extends object> {
  /** Of the folder and the record: 'drawn-emoji'. */
  name: string;
  /** The function that errors name. */
  caller: string;
  /** What is rendered, for the line that says so: '5 drawings of each'. */
  what: string;
  /** Counts up when the same sources are rendered otherwise. */
  recipe: number;
  /** Of the packages that the images are made of, by name. */
  versions(): Record<string, string>;
  /** How many images the facts speak of. */
  count(facts: Facts): number;
  /**
   * All images, 64 × 64 × 3 bytes each. `progress` may be called after every image; what it is
   * given is shown every few seconds.
   */
  render(progress: (line: () => string) => void): Promise<{images: Uint8Array; checksum: string; facts: Facts}>;
}

/** What lies beside the images. */
export type Rendered<Facts extends object> = Facts & {
  recipe: number;
  versions: Record<string, string>;
  /** Of the sources. */ checksum: string;
  renderer: string;
};

const sizes = [32, 64] as const;

/** @throws RangeError when a size is neither 32 nor 64. */
export const checkRenderedSize = (caller: string, size: RenderedSize): void =>
  check(sizes.includes(size), caller, `expected size 32 or 64, got ${size}`);

const filesOf = (name: string, folder: string) => {
  const at = path.join(folder, name);
  return {at, record: path.join(at, `${name}.json`), images: (size: RenderedSize) => path.join(at, `${size}px.uint8`)};
};

/** The record when the images beside it are whole and made of the installed packages. */
function finished<Facts extends object>(
  {name, recipe, versions, count}: RenderedSet<Facts>,
  folder: string,
): Rendered<Facts> | undefined {
  const files = filesOf(name, folder);
  if (!fs.existsSync(files.record)) return undefined;
  const record = JSON.parse(fs.readFileSync(files.record, 'utf8')) as Rendered<Facts>;
  const same =
    record.recipe === recipe &&
    Object.entries(versions()).every(([packageName, version]) => record.versions[packageName] === version);
  const whole =
    same &&
    sizes.every(
      size =>
        fs.existsSync(files.images(size)) && fs.statSync(files.images(size)).size === count(record) * size * size * 3,
    );
  return whole ? record : undefined;
}

/**
 * Renders the images into the folder of data unless they are there and made of the installed
 * packages. Files appear whole or not at all; an interrupted call leaves nothing that a later one
 * would take for finished.
 */
export async function prepareRendered<Facts extends object>(
  set: RenderedSet<Facts>,
  {log = console.log, folder = dataFolder()}: Omit<RenderedOptions, 'size'> = {},
): Promise<Rendered<Facts>> {
  return finished(set, folder) ?? (await renderAll(set, folder, log));
}

/**
 * The images of one size and their record, rendered first when they are missing.
 *
 * @throws RangeError when the size is neither 32 nor 64.
 */
export async function loadRendered<Facts extends object>(
  set: RenderedSet<Facts>,
  {size = 32, log = console.log, folder = dataFolder()}: RenderedOptions = {},
): Promise<{images: Uint8Array; record: Rendered<Facts>}> {
  checkRenderedSize(set.caller, size);
  const record = await prepareRendered(set, {log, folder});
  return {images: await fs.promises.readFile(filesOf(set.name, folder).images(size)), record};
}

async function renderAll<Facts extends object>(
  {name, caller, what, recipe, versions, count, render}: RenderedSet<Facts>,
  folder: string,
  log: (line: string) => void,
): Promise<Rendered<Facts>> {
  const files = filesOf(name, folder);
  const title = name.replaceAll('-', ' ');
  log(`${title}: rendering ${what} into ${files.at}, once`);
  const started = performance.now();
  const seconds = () => ((performance.now() - started) / 1000).toFixed(0);
  let said = started;
  const {
    images: large,
    checksum,
    facts,
  } = await render(line => {
    if (performance.now() - said < 5000) return;
    log(`${title}: ${line()}, ${seconds()} s`);
    said = performance.now();
  });
  const n = count(facts);
  check(
    large.length === n * 64 * 64 * 3,
    caller,
    `expected ${n} images of 64 × 64 × 3 bytes, got ${large.length} bytes`,
  );
  const small = halved(large);
  const record: Rendered<Facts> = {
    recipe,
    versions: versions(),
    checksum,
    renderer: `sharp ${sharp.versions.sharp}, libvips ${sharp.versions.vips}, librsvg ${sharp.versions.rsvg}`,
    ...facts,
  };
  try {
    await fs.promises.mkdir(files.at, {recursive: true});
    // first the old record goes and last the new one comes: images never lie beside a record of
    // others
    await fs.promises.rm(files.record, {force: true});
    await writeWhole(files.images(32), [small]);
    await writeWhole(files.images(64), [large]);
    await writeWhole(files.record, [JSON.stringify(record)]);
  } catch (error) {
    const size = readableBytes(small.length + large.length);
    throw new Error(
      `${caller}: expected ${size} to be written to ${files.at}, got ${(error as Error).message}; make ` +
        'room, or set SSL_DATA to another folder',
      {cause: error},
    );
  }
  log(`${title}: ready after ${seconds()} s, ${readableBytes(small.length + large.length)}`);
  return record;
}

/**
 * Images of 64 px one below the other to 32 px: each pixel the mean of 2 × 2, so that both sizes
 * come from one rendering.
 */
export function halved(images: Uint8Array): Uint8Array {
  const small = new Uint8Array(images.length / 4);
  const row = 64 * 3;
  let at = 0;
  for (let y = 0; y < images.length; y += 2 * row)
    for (let x = 0; x < row; x += 6)
      for (let c = 0; c < 3; c++) {
        const i = y + x + c;
        small[at++] = (images[i]! + images[i + 3]! + images[i + row]! + images[i + row + 3]! + 2) >> 2;
      }
  return small;
}
