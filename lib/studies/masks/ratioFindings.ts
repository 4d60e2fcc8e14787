// Where our curve over the mask ratio agrees with the paper's and where it does not, decided by the
// rows. He et al. 2022 (MAE), "Masked Autoencoders Are Scalable Vision Learners", arXiv:2111.06377,
// fig. 5.

import {meanInterval, type MeanInterval} from '../../analysis/meanInterval';
import {check} from '../../check';
import type {PublishedMaskRow} from './published';
import type {MaskRow} from './study';
import {inPercent} from '../../percent';

/** One comparison, in words and numbers. */
export type MaskRatioFinding = {
  question: string;
  here: string;
  /** '' where the paper says nothing. */
  paper: string;
  /** 'undecided': the interval of the seeds holds both answers. */
  verdict: 'agrees' | 'differs' | 'undecided' | 'not in the paper';
};

type Measure = 'linear' | 'fineTuned';
const names: Record<Measure, string> = {linear: 'linear probe', fineTuned: 'fine-tuning'};
const percentOf = (share: number) => `${inPercent(share)} %`;
const points = (value: number) => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(1)}`;

/**
 * @param all Those with random masks and those that were not pre-trained, of one study. Differences
 * are taken seed by seed.
 * @param published Rows about the ratio.
 * @throws RangeError when there are fewer than two ratios, or no published row about the ratio.
 */
export function maskRatioFindings(all: readonly MaskRow[], published: readonly PublishedMaskRow[]): MaskRatioFinding[] {
  const rows = all.filter(row => row.settings.mask?.strategy === 'random');
  const ratios = ratiosOf(rows);
  const paper = published.filter(row => row.ablation === 'ratio');
  check(
    ratios.length >= 2 && paper.length > 0,
    'maskRatioFindings',
    `expected rows of at least two ratios and published ones, got ${ratios.length} and ${paper.length}`,
  );
  return [
    ...(['linear', 'fineTuned'] as const).flatMap(measure => bestRatio(measure, rows, paper)),
    ...ends(rows, paper),
    ...untrained(all, rows),
    lowestLoss(rows),
    ...cost(rows),
  ];
}

const ratioOf = (row: MaskRow) => row.settings.mask!.ratio;
const ratiosOf = (rows: readonly MaskRow[]) => [...new Set(rows.map(ratioOf))].sort((a, b) => a - b);
const at = (rows: readonly MaskRow[], ratio: number) => rows.filter(row => ratioOf(row) === ratio);
/** In percent; NaN where it was not measured. */
const valueOf = (measure: Measure, row: MaskRow) =>
  100 * (measure === 'linear' ? row.last.linear : (row.fineTuned?.last ?? NaN));
const meanOf = (rows: readonly MaskRow[], of: (row: MaskRow) => number) => meanInterval(rows.map(of)).mean;
const nearest = (ratios: readonly number[], to: number) =>
  ratios.reduce((a, b) => (Math.abs(b - to) < Math.abs(a - to) ? b : a));
const most = <T>(values: readonly T[], of: (value: T) => number) => values.reduce((a, b) => (of(b) > of(a) ? b : a));

/** `of` of one group minus that of another, of the same seeds. */
function difference(a: readonly MaskRow[], b: readonly MaskRow[], of: (row: MaskRow) => number): MeanInterval {
  const pairs = a.flatMap(row => b.filter(other => other.seed === row.seed).map(other => of(row) - of(other)));
  return meanInterval(pairs);
}
/**
 * Percentage points that are the rounding of differences of differences: an accuracy is a whole
 * number of images.
 */
const ROUNDING = 1e-9;
// false for a single seed, whose interval is not known
const above = ({low}: MeanInterval) => low > ROUNDING;
const below = ({high}: MeanInterval) => high < -ROUNDING;
const differenceText = ({mean, low, high}: MeanInterval) =>
  `${points(mean)} points${Number.isFinite(low) ? ` (${points(low)} to ${points(high)})` : ''}`;

/** Undecided where neither is sure. */
function verdictOf(agrees: boolean, differs: boolean): MaskRatioFinding['verdict'] {
  if (agrees) return 'agrees';
  return differs ? 'differs' : 'undecided';
}

function bestRatio(measure: Measure, all: readonly MaskRow[], paper: readonly PublishedMaskRow[]): MaskRatioFinding[] {
  const rows = all.filter(row => Number.isFinite(valueOf(measure, row)));
  const ratios = ratiosOf(rows);
  if (ratios.length < 2) return [];
  const of = (row: MaskRow) => valueOf(measure, row);
  const best = most(ratios, ratio => meanOf(at(rows, ratio), of));
  const like = ratios.filter(ratio => ratio !== best && !above(difference(at(rows, best), at(rows, ratio), of)));
  const theirs = most(paper, row => row[measure]).ratio;
  const same = nearest(ratios, theirs);
  const among = ratios.length < ratiosOf(all).length ? ` of ${ratios.map(percentOf).join(', ')}` : '';
  const undecided = like.length ? `; not told apart from it: ${like.map(percentOf).join(', ')}` : '';
  return [
    {
      question: `best ratio, ${names[measure]}`,
      here: `${percentOf(best)}${among}${undecided}`,
      paper: percentOf(theirs),
      verdict: verdictOf(same === best, !like.includes(same)),
    },
  ];
}

/** How much both fall from the ratio that is best in the paper to the lowest and to the highest. */
function ends(all: readonly MaskRow[], paper: readonly PublishedMaskRow[]): MaskRatioFinding[] {
  const rows = all.filter(row => row.fineTuned !== null);
  const ratios = ratiosOf(rows);
  if (ratios.length < 2) return [];
  const theirBest = most(paper, row => row.linear);
  const from = nearest(ratios, theirBest.ratio);
  return [ratios[0]!, ratios.at(-1)!]
    .filter(to => to !== from)
    .map((to): MaskRatioFinding => {
      const fall = (measure: Measure) => difference(at(rows, to), at(rows, from), row => valueOf(measure, row));
      // by how much the linear probe falls more
      const more = difference(at(rows, from), at(rows, to), row => valueOf('linear', row) - valueOf('fineTuned', row));
      const theirs = paper.find(
        row =>
          row.ratio ===
          nearest(
            paper.map(({ratio}) => ratio),
            to,
          ),
      )!;
      const [linear, fineTuned] = (['linear', 'fineTuned'] as const).map(
        measure => 100 * (theirs[measure] - theirBest[measure]),
      ) as [number, number];
      const verdict = linear < fineTuned ? verdictOf(above(more), below(more)) : verdictOf(below(more), above(more));
      return {
        question: `from ${percentOf(from)} to ${percentOf(to)}: does the linear probe lose more than fine-tuning?`,
        here: `linear ${differenceText(fall('linear'))}, fine-tuned ${differenceText(fall('fineTuned'))}`,
        paper: `linear ${points(linear)}, fine-tuned ${points(fineTuned)} (to ${percentOf(theirs.ratio)})`,
        verdict,
      };
    });
}

function untrained(all: readonly MaskRow[], rows: readonly MaskRow[]): MaskRatioFinding[] {
  const start = all.filter(row => row.settings.mask === null);
  const ratios = ratiosOf(rows);
  if (start.length === 0) return [];
  const better = (['knn', 'linear'] as const).map(probe =>
    ratios.filter(ratio => above(difference(at(rows, ratio), start, row => row.last[probe]))),
  );
  const text = (own: number[]) =>
    `at ${own.length} of ${ratios.length} ` +
    `ratios${own.length > 0 && own.length < ratios.length ? ` (${own.map(percentOf).join(', ')})` : ''}`;
  return [
    {
      question: 'better than the encoder that is not pre-trained, by more than the interval?',
      here: `k-NN ${text(better[0]!)}, linear probe ${text(better[1]!)}`,
      paper: '',
      verdict: 'not in the paper',
    },
  ];
}

function lowestLoss(rows: readonly MaskRow[]): MaskRatioFinding {
  const ratios = ratiosOf(rows);
  const lossOf = (row: MaskRow) => row.course.at(-1)!.loss;
  const lowest = most(ratios, ratio => -meanOf(at(rows, ratio), lossOf));
  const best = most(ratios, ratio => meanOf(at(rows, ratio), row => row.last.linear));
  const apart =
    lowest === best
      ? ''
      : `, ${differenceText(difference(at(rows, lowest), at(rows, best), row => valueOf('linear', row)))} ` +
        'from the best';
  return {
    question: 'where is the loss lowest, and what is the linear probe there?',
    here:
      `${percentOf(lowest)}: loss ${meanOf(at(rows, lowest), lossOf).toFixed(3)}, linear ` +
      `${meanOf(at(rows, lowest), row => valueOf('linear', row)).toFixed(1)} %${apart}`,
    paper: '',
    verdict: 'not in the paper',
  };
}

function cost(all: readonly MaskRow[]): MaskRatioFinding[] {
  const rows = all.filter(row => row.secondsPerStep !== null);
  const ratios = ratiosOf(rows);
  if (ratios.length < 2) return [];
  const [low, high] = [at(rows, ratios[0]!), at(rows, ratios.at(-1)!)];
  const relative = (of: (row: MaskRow) => number) => `${((100 * meanOf(high, of)) / meanOf(low, of)).toFixed(0)} %`;
  return [
    {
      question: `a step at ${percentOf(ratios.at(-1)!)} hidden, in percent of one at ${percentOf(ratios[0]!)}`,
      here:
        `${relative(row => row.secondsPerStep!)} of the time, ${relative(row => row.encoded)} of the tokens ` +
        'in the encoder',
      paper: '',
      verdict: 'not in the paper',
    },
  ];
}
