// Views with one number to turn: what two views of a sample share, as plain data.
// Tian et al. 2020 (InfoMin), "What Makes for Good Views for Contrastive Learning?", arXiv:2005.10243, sec. 3.2.

import {check} from '../../check';
import type {Dataset} from '../../datasets/dataset';
import type {DrawnEmoji} from '../../datasets/emoji/drawnEmoji';
import type {PairImages} from '../../datasets/pairOrigin';
import type {Source} from '../../module';
import {compose} from '../../views/compose';
import {randomResizedCrop} from '../../views/crop';
import {randomFlip} from '../../views/flip';
import {frameDistance} from '../../views/sources/frameDistance';
import {frequencySplit} from '../../views/sources/frequencySplit';
import {otherDrawing} from '../../views/sources/otherDrawing';
import {patchPairs} from '../../views/sources/patchPairs';
import {simclrViews} from '../../views/recipes/simclr';
import {twoViews, type TwoViews} from '../../views/sources/twoViews';

/** What is turned; all else of the views stays. */
export const viewDialNames = ['area', 'smallestArea', 'strength', 'sigma', 'patchDistance', 'otherDrawing', 'frameDistance'] as const;
export type ViewDialName = typeof viewDialNames[number];

/** What a dial is, for people. */
export type ViewDialFacts = {
  /** As the name of an axis, with its unit. */
  title: string;
  /** Before a value, as in 'crop ≥ 0.4'. */
  short: string;
  /** Its range. */
  from: number;
  to: number;
};

export const viewDials: Readonly<Record<ViewDialName, ViewDialFacts>> = {
  area: {title: 'share of the image that each crop shows', short: 'crop', from: 0.001, to: 1},
  smallestArea: {title: 'smallest share of the image that a crop shows', short: 'crop ≥', from: 0.001, to: 1},
  strength: {title: 'strength of the colour jitter', short: 'jitter', from: 0, to: 4},
  sigma: {title: 'blur that cuts an image into a coarse and a fine view, σ in pixels', short: 'σ', from: 0.1, to: 10},
  patchDistance: {title: 'distance of two patches, to the right and down, in pixels', short: 'd', from: 0, to: 4096},
  otherDrawing: {title: 'share of pairs that two hands drew', short: 'share', from: 0, to: 1},
  frameDistance: {title: 'frames from one view to the other', short: 'frames', from: 0, to: 10_000},
};

/** Where the other dials of SimCLR's views stand. */
export type ViewBase = {strength: number; blur: number; smallestArea: number};

export interface DialledViewsOptions {
  dataset: Dataset;
  split: 'pretrain' | 'test';
  dial: ViewDialName;
  value: number;
  base: ViewBase;
  /** What 'patchDistance' and 'frameDistance' cut their pairs out of: patches as large as the data set's images, as many as the split has. */
  images?: PairImages;
}

/**
 * Pairs of views at one value of a dial: of a split's images, or of other images where the dial needs them. `base` says where SimCLR's other dials stand; of it 'sigma' takes the crop alone, and patches of 'patchDistance'
 * are normalised and nothing else. The caller disposes the source.
 *
 * @throws RangeError for an unknown dial, a value out of its range, images that are too small for it, or a data set or images that the dial cannot be turned on.
 */
export function dialledViews({dataset, split, dial, value, base, images}: DialledViewsOptions): Source<TwoViews> {
  check(viewDialNames.includes(dial), 'dialledViews', `expected a dial of ${viewDialNames.join(', ')}, got '${dial}'`);
  const {from, to, title} = viewDials[dial];
  check(value >= from && value <= to, 'dialledViews', `expected the ${title} from ${from} to ${to}, got ${value}`);
  const {shape: [, size], mean, standardDeviation} = dataset;
  const recipe = ({strength, blur, smallestArea}: ViewBase, {largestArea = 1, of = {mean, standardDeviation}} = {}) => simclrViews({size, ...of, strength, blur, area: [smallestArea, largestArea]});
  const simclr = (...given: Parameters<typeof recipe>) => twoViews({dataset, split, recipe: recipe(...given)});
  switch (dial) {
    case 'area': return simclr({...base, smallestArea: value}, {largestArea: value});
    case 'smallestArea': return simclr({...base, smallestArea: value});
    case 'strength': return simclr({...base, strength: value});
    case 'sigma': return frequencySplit({dataset, split, sigma: value, view: compose({crop: randomResizedCrop({size, area: [base.smallestArea, 1]}), flip: randomFlip(0.5)})});
    case 'patchDistance': {
      check(images !== undefined && 'large' in images, 'dialledViews', "expected large images for the dial 'patchDistance', got none: name a loader of them, as in pairs: {loader: 'largeEarth'}");
      return patchPairs({images: images.large, split, size, distance: value, pairs: dataset.splits[split].length});
    }
    case 'otherDrawing': {
      check('emojiOf' in dataset && 'hands' in dataset && dataset.images instanceof Uint8Array, 'dialledViews', `expected drawn emoji for the dial 'otherDrawing', got ${dataset.name}`);
      return otherDrawing({dataset: dataset as DrawnEmoji, split, share: value, recipe: recipe(base)});
    }
    case 'frameDistance': {
      check(images !== undefined && 'videos' in images, 'dialledViews', "expected videos for the dial 'frameDistance', got none: name a folder of them, as in pairs: {loader: 'videoFrames', folder: …, options: {size: 32}}");
      return frameDistance({dataset: images.videos, split, distance: value, recipe: recipe(base, {of: images.videos})});
    }
    default: return dial satisfies never;
  }
}
