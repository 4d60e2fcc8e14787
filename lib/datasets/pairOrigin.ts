// What pairs of views are cut out of when it is no data set of single images: large images and
// videos, as plain data that any process can load.

import {check} from '../check';
import {div2k, type Div2kOptions} from './div2k';
import {largeEarth} from './earth/largeEarth';
import {largeFolder, type LargeFolderOptions} from './largeFolder';
import type {LargeImages} from './largeImages';
import {largePhotos} from './photos/largePhotos';
import {videoFrames, type VideoFrames, type VideoFramesOptions} from './videoFrames';

/** A loader and its options. */
export type PairOrigin = {checksum?: string} & (
  | {loader: 'largeEarth' | 'largePhotos'}
  | {loader: 'largeFolder'; folder: string; options?: Omit<LargeFolderOptions, 'log' | 'signal'>}
  | {loader: 'div2k'; options?: Omit<Div2kOptions, 'log' | 'signal'>}
  | {loader: 'videoFrames'; folder: string; options: Omit<VideoFramesOptions, 'signal'>}
);

/** What pairs are cut out of. */
export type PairImages = {large: LargeImages} | {videos: VideoFrames};

let last: {key: string; loaded: Promise<PairImages>} | undefined;

/**
 * The images; those that were asked for last are still in memory, since a study asks at every run.
 *
 * @throws RangeError when they are not those that the checksum says; what the loader throws.
 */
export async function loadPairs({checksum, ...origin}: PairOrigin): Promise<PairImages> {
  const key = JSON.stringify(origin);
  if (last?.key !== key) last = {key, loaded: load(origin)};
  const {loaded} = last;
  try {
    const images = await loaded;
    check(
      checksum === undefined || checksum === checksumOf(images),
      'loadPairs',
      `expected the images of ${origin.loader} as they were when the study began, got others: their files were changed`,
    );
    return images;
  } catch (error) {
    last = undefined; // the next call reads them anew
    throw error;
  }
}

/** SHA-256 over the sources, by which a study knows its images again. */
export const checksumOf = (images: PairImages): string => ('large' in images ? images.large : images.videos).checksum;

async function load(origin: PairOrigin): Promise<PairImages> {
  const log = () => {};
  switch (origin.loader) {
    case 'largeEarth':
      return {large: await largeEarth()};
    case 'largePhotos':
      return {large: await largePhotos()};
    case 'largeFolder':
      return {large: await largeFolder(origin.folder, {...origin.options, log})};
    case 'div2k':
      return {large: await div2k(origin.options)}; // says how its download goes
    case 'videoFrames':
      return {videos: await videoFrames(origin.folder, origin.options)};
    default:
      return origin satisfies never;
  }
}
