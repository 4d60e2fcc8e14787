// Frames of videos as a data set: folders of numbered images, and animated GIF or WebP files.

import {createHash} from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import {check} from '../check';
import {interruptSignal} from '../interrupt';
import {channelStatistics} from './channelStatistics';
import type {LoadedDataset} from './dataset';
import {decodeImage, isImage, UnreadableImage} from './files/images';
import {checkMemory} from './memory';
import {sidesOf} from './sides';

/** Frames that follow one another in `images`. */
export type Video = {name: string; first: number; count: number};

export interface VideoFrames extends LoadedDataset {
  videos: readonly Video[];
  /** [n] number of the video of each frame. */
  families: Int32Array;
}

/** Options of {@link videoFrames}. */
export interface VideoFramesOptions {
  /** Side of a frame in pixels, of which the middle square is cut out. */
  size: number;
  /** Shares of the videos that are held out, 0 to 1. @default {validation: 0.1, test: 0.2} */
  shares?: {validation: number; test: number};
  /** Another seed gives another split. @default 0 */
  seed?: number;
  /** @default the folder's name */
  name?: string;
  /** @default 'not stated' */
  license?: string;
  /** @default 'not stated' */
  credit?: string;
  signal?: AbortSignal;
}

/** By the numbers in the names: frame 10 comes after frame 9. */
const inOrder = new Intl.Collator('en', {numeric: true}).compare;

/**
 * Loads videos into memory. A folder with images is a video, its images in the order of the numbers
 * in their names are the frames; a GIF or WebP of more than one frame is one by itself. Videos have
 * no classes (labels are −1) and are split whole.
 *
 * @throws RangeError when there is no such folder, fewer than two videos in it, a video of one
 * frame, or more than fits in memory; UnreadableImage naming a file that is damaged; the signal's
 * reason.
 */
export async function videoFrames(folder: string, options: VideoFramesOptions): Promise<VideoFrames> {
  const {
    size,
    shares = {validation: 0.1, test: 0.2},
    seed = 0,
    name = path.basename(path.resolve(folder)),
    license = 'not stated',
    credit = 'not stated',
    signal = interruptSignal(),
  } = options;
  check(
    Number.isInteger(size) && size >= 1,
    'videoFrames',
    `expected size as a whole number of pixels from 1, got ${size}`,
  );
  check(
    shares.validation >= 0 && shares.test > 0 && shares.validation + shares.test < 1,
    'videoFrames',
    `expected a share for the test above 0 that leaves some for training, got ${shares.validation} for ` +
      `validation and ${shares.test} for the test`,
  );
  check(
    fs.existsSync(folder) && fs.statSync(folder).isDirectory(),
    'videoFrames',
    `expected a folder of videos, got ${folder}, which is ${fs.existsSync(folder) ? 'a file' : 'not there'}`,
  );
  const files = (fs.readdirSync(folder, {recursive: true}) as string[])
    .map(file => file.split(path.sep).join('/'))
    .filter(
      file =>
        isImage(file) &&
        !file.split('/').some(part => part.startsWith('.')) &&
        fs.statSync(path.join(folder, file)).isFile(),
    )
    .sort(inOrder);
  const frames = new Map<string, Uint8Array[]>();
  const hash = createHash('sha256');
  let bytes = 0;
  for (const file of files) {
    signal.throwIfAborted();
    const source = await fs.promises.readFile(path.join(folder, file));
    hash.update(`${file} ${source.length}\n`).update(source);
    const pages = await framesOf(source, size, path.join(folder, file));
    bytes += pages.length * size * size * 3;
    checkMemory(
      bytes,
      'videoFrames',
      `frames up to ${file}, which are copied once`,
      'choose a smaller size or fewer videos',
    );
    const video = pages.length > 1 ? file : path.posix.dirname(file);
    frames.set(video, [...(frames.get(video) ?? []), ...pages]);
  }
  check(
    frames.size >= 2,
    'videoFrames',
    `expected at least 2 videos in ${folder}, one to learn from and one for the test, got ` +
      `${frames.size}; put the frames of each in a folder of its own`,
  );
  const videos: Video[] = [];
  for (const [video, {length}] of frames) {
    check(length >= 2, 'videoFrames', `expected at least 2 frames of each video, got 1 of ${video} in ${folder}`);
    videos.push({name: video, first: (videos.at(-1)?.first ?? 0) + (videos.at(-1)?.count ?? 0), count: length});
  }
  const families = Int32Array.from(videos.flatMap(({count}, video) => Array<number>(count).fill(video)));
  const images = Buffer.concat([...frames.values()].flat());
  const shape = [families.length, size, size, 3] as const;
  const sides = sidesOf(
    videos.map(video => video.name),
    videos.map(() => ''),
    {shares, seed: `seed ${seed}`},
  );
  const on = (...wanted: string[]) =>
    Int32Array.from(families.keys()).filter(i => wanted.includes(sides[families[i]!]!));
  const splits = {
    pretrain: on('train', 'validation'),
    train: on('train'),
    validation: on('validation'),
    test: on('test'),
  };
  return {
    name,
    images,
    shape,
    labels: new Int32Array(families.length).fill(-1),
    classes: [],
    splits,
    videos,
    families,
    captions: Array.from(families, video => videos[video]!.name),
    ...channelStatistics(images, shape, splits.pretrain),
    license,
    credit,
    checksum: hash.digest('hex'),
  };
}

/** The frames of a file, [size, size, 3] bytes each: one, unless it is animated. */
async function framesOf(source: Uint8Array, size: number, name: string): Promise<Uint8Array[]> {
  const {pages = 1} = await sharp(source)
    .metadata()
    .catch(() => ({pages: 1})); // what cannot be read is explained by decodeImage
  if (pages === 1) return [(await decodeImage(source, {size, fit: 'crop', name})).pixels];
  const {data} = await sharp(source, {animated: true, failOn: 'warning'})
    .flatten({background: '#ffffff'})
    .resize(size, size, {fit: 'cover'})
    .raw()
    .toBuffer({resolveWithObject: true})
    .catch((error: Error) => {
      throw new UnreadableImage(
        `videoFrames: expected an animation, got ${name}, which cannot be read: ${error.message.split('\n')[0]}`,
        {cause: error},
      );
    });
  const length = size * size * 3;
  check(
    data.length === pages * length,
    'videoFrames',
    `expected ${pages} frames of ${size} × ${size} × 3 bytes in ${name}, got ${data.length} bytes`,
  );
  return Array.from({length: pages}, (_, page) => data.subarray(page * length, (page + 1) * length));
}
