// Images, the first principal component of their patches, and the foreground in the colors of
// three; below them how the first component is distributed, and where it is cut.
// Oquab et al. 2023, "DINOv2: Learning Robust Visual Features without Supervision",
// arXiv:2304.07193, fig. 1 and 9.

import {sum} from 'd3-array';
import type {PatchPca} from '../analysis/patchPca';
import {check} from '../check';
import type {Figure, PlotlyObject, Row} from './figure';
import {imageGrid} from './imageGrid';
import {down, inside, note, panelHeading} from './notes';
import type {PatchPcaPictures} from './patchPcaPictures';
import type {Picture} from './pictures';
import {percent, sentences, spanOf} from './texts';
import {axis, axisTitle, colors} from './theme';
import {bars} from './traces';

export interface PatchPcaFigureOptions {
  /** @default 'Principal components of patches' */
  title?: string;
  /** Whose features these are, for the caption: 'MAE, last layer'. @default nothing */
  source?: string;
  /** Whom to credit for the images. */
  credits?: readonly string[];
}

const pixels = {
  /** From the pictures to the panel below. */
  gap: 66,
  panel: 180,
  /** What stands under the panel. */
  axis: 76,
} as const;
const BINS = 40;

const whole = (share: number) => percent(100 * share, 0);

/** Names are given to the rows, not to the pictures. */
const unlabeled = ({label: _, ...picture}: Picture) => picture;

/**
 * A column for each image that is shown; the histogram is of all that were analyzed.
 *
 * @param images Those that are shown, in the order of `drawn`.
 * @param drawn As `patchPcaPictures` makes them of the same analysis.
 * @throws RangeError when numbers of images differ.
 */
export function patchPcaFigure(
  images: readonly Picture[],
  pca: PatchPca,
  drawn: PatchPcaPictures,
  {title = 'Principal components of patches', source, credits}: PatchPcaFigureOptions = {},
): Figure {
  const {
    shape: [n, h, w],
    threshold,
    clipped,
    foreground,
    explained,
  } = pca;
  const {shown} = drawn;
  const fit = images.length === shown.length;
  check(fit, 'patchPcaFigure', `expected the ${shown.length} images that were drawn, got ${images.length}`);
  const inFront = sum(foreground) / foreground.length;
  const ofImages = shown.map(i => sum(foreground.subarray(i * h * w, (i + 1) * h * w)) / (h * w));
  const range =
    clipped > 0
      ? `each from its ${clipped} to its ${1 - clipped} quantile`
      : 'each from its least to its largest score';
  const grid = imageGrid(
    [images, drawn.first, drawn.foreground].map(row => row.map(unlabeled)),
    {
      title,
      credits,
      name: 'patch-pca',
      subtitle:
        `${h} × ${w} patches each; blue: above the threshold, the foreground` +
        (shown.length < n ? `; ${shown.length} of ${n} images analyzed` : ''),
      rowNames: ['image', 'first component', 'foreground, 3 components'],
      caption: sentences(
        `${title}${source ? ` (${source})` : ''}. The patches of all ${n} images are analyzed together.`,
        `Second row: score on their first principal component (${whole(explained.first)} of the variance), which is ` +
          `turned so that patches at the border have the lower mean; blue above ${threshold} deviations: foreground, ` +
          `${whole(inFront)} of the patches.`,
        "Third row: the foreground's own first three components " +
          `(${explained.colors.map(whole).join(', ')} of its variance) as red, green and blue, ${range}; the ` +
          'background is black.',
      ),
    },
  );
  const bins = histogram(pca);
  const imageTexts = ofImages.map((share, i) => `${images[i]!.label ?? `image ${i + 1}`} ${whole(share)} foreground`);
  return {
    ...grid,
    data: [...grid.data, ...histogramTraces(bins, threshold)],
    layout: {
      ...grid.layout,
      ...histogramPlaces(grid.layout, bins),
      bargap: 0,
      shapes: [
        ...(grid.layout.shapes as PlotlyObject[]),
        down(histogramAxes, threshold, {color: colors.text, width: 3, dash: 'dash'}),
      ],
      annotations: [...(grid.layout.annotations as PlotlyObject[]), ...histogramNotes(threshold, inFront)],
    },
    alt: sentences(
      `${images.length} images, below each the scores of its ${h} × ${w} patches on the first principal component ` +
        `and its foreground in three colors: ${imageTexts.join(', ')}.`,
      `Histogram of the scores, cut at ${threshold}: ${whole(inFront)} of the patches above.`,
    ),
    rows: bins.map(({score, share}): Row => ({score, share, part: score > threshold ? 'foreground' : 'background'})),
  };
}

const histogramAxes = {x: 'x2', y: 'y2'} as const;

/** A bin by its center, and the share of the patches in it. */
type Bin = {score: number; share: number; width: number};

/** Bins of one width; the threshold lies between two of them. */
function histogram({scores, threshold}: PatchPca): Bin[] {
  const [low, high] = spanOf(scores);
  const width = (high - low) / BINS;
  // A bin holds its upper edge, as the background does the threshold.
  const binOf = (score: number) => Math.ceil((score - threshold) / width) - 1;
  const first = binOf(low);
  const counts = new Array<number>(binOf(high) + 1 - first).fill(0);
  for (const score of scores) counts[binOf(score) - first]!++;
  return counts.map((count, i) => ({
    score: threshold + (first + i + 0.5) * width,
    share: count / scores.length,
    width,
  }));
}

/** Blue above the threshold, hatched below. */
function histogramTraces(bins: readonly Bin[], threshold: number): PlotlyObject[] {
  const part = (name: string, some: readonly Bin[], look: {color: string; pattern?: PlotlyObject}) =>
    bars(
      name,
      some.map(({score}) => score),
      some.map(({share}) => 100 * share),
      {
        ...look,
        width: bins[0]!.width,
        rim: {width: 0},
        hover: `${name}, score %{x:.2f}: %{y:.1f} % of the patches`,
        rest: {xaxis: histogramAxes.x, yaxis: histogramAxes.y},
      },
    );
  const hatched = {shape: '/', fgcolor: colors.paper, size: 9, solidity: 0.2, fillmode: 'overlay'};
  const behind = bins.filter(({score}) => score <= threshold);
  const inFront = bins.filter(({score}) => score > threshold);
  return [
    part('background', behind, {color: colors.vermilion, pattern: hatched}),
    part('foreground', inFront, {color: colors.blue}),
  ];
}

/** Room for the histogram below the grid. */
function histogramPlaces(
  {height, margin, yaxis}: Figure['layout'],
  bins: readonly Bin[],
): PlotlyObject & {height: number} {
  const {t, b} = margin as {t: number; b: number};
  const more = pixels.gap + pixels.panel + pixels.axis;
  const inner = height - t - b + more;
  return {
    height: height + more,
    yaxis: {...(yaxis as PlotlyObject), domain: [more / inner, 1]},
    xaxis2: axis({
      anchor: 'y2',
      domain: [0, 1],
      nticks: 8,
      title: axisTitle('score on the first component (deviations)', {standoff: 10}),
    }),
    yaxis2: axis({
      anchor: 'x2',
      domain: [pixels.axis / inner, (pixels.axis + pixels.panel) / inner],
      range: [0, 130 * Math.max(...bins.map(({share}) => share))],
      nticks: 4,
    }),
  };
}

/** What the vertical axis is, and how much lies on each side of the threshold. */
function histogramNotes(threshold: number, inFront: number): PlotlyObject[] {
  const on = {x: 'x2', y: 'y2 domain'};
  return [
    panelHeading('share of the patches (%)', inside(histogramAxes)),
    note(`background ${whole(1 - inFront)}`, {on, x: threshold, y: 1, anchor: 'right top', shift: {x: -10}}),
    note(`foreground ${whole(inFront)}`, {on, x: threshold, y: 1, anchor: 'left top', shift: {x: 10}}),
  ];
}
