// Views with one number to turn: what two views of a sample share, as plain data.
// Tian et al. 2020 (InfoMin), "What Makes for Good Views for Contrastive Learning?", arXiv:2005.10243, sec. 3.2.

import {check} from '../check';
import type {Dataset, Splits} from '../datasets/dataset';
import type {Source} from '../module';
import {compose} from '../views/compose';
import {randomResizedCrop} from '../views/crop';
import {randomFlip} from '../views/flip';
import {frequencySplit} from '../views/frequencySplit';
import {simclrViews} from '../views/recipes/simclr';
import {twoViews, type TwoViews} from '../views/twoViews';

/** What is turned; all else of the views stays. */
export const viewDialNames = ['area', 'smallestArea', 'strength', 'sigma'] as const;
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
};

/** Where the other dials of SimCLR's views stand. */
export type ViewBase = {strength: number; blur: number; smallestArea: number};

/**
 * Pairs of views of a split's images at one value of a dial. The caller disposes the source.
 *
 * @throws RangeError for an unknown dial, or a value out of its range.
 */
export function dialledViews({dataset, split, dial, value, base}: {dataset: Dataset; split: keyof Splits; dial: ViewDialName; value: number; base: ViewBase}): Source<TwoViews> {
  check(viewDialNames.includes(dial), 'dialledViews', `expected a dial of ${viewDialNames.join(', ')}, got '${dial}'`);
  const {from, to, title} = viewDials[dial];
  check(value >= from && value <= to, 'dialledViews', `expected the ${title} from ${from} to ${to}, got ${value}`);
  const {shape: [, size], mean, standardDeviation} = dataset;
  const simclr = ({strength, blur, smallestArea}: ViewBase, largestArea = 1) => twoViews({dataset, split, recipe: simclrViews({size, mean, standardDeviation, strength, blur, area: [smallestArea, largestArea]})});
  switch (dial) {
    case 'area': return simclr({...base, smallestArea: value}, value);
    case 'smallestArea': return simclr({...base, smallestArea: value});
    case 'strength': return simclr({...base, strength: value});
    case 'sigma': return frequencySplit({dataset, split, sigma: value, view: compose({crop: randomResizedCrop({size, area: [base.smallestArea, 1]}), flip: randomFlip(0.5)})});
    default: return dial satisfies never;
  }
}
