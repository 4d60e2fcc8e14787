// Images, the first principal component of their patches, and the foreground in the colors of three; below them how the first component is distributed, and where it is cut.
// Oquab et al. 2023, "DINOv2: Learning Robust Visual Features without Supervision", arXiv:2304.07193, fig. 1 and 9.

import type {PatchPca} from '../analysis/patchPca';
import {check} from '../check';
import type {Figure, PlotlyObject, Row} from './figure';
import {imageGrid} from './imageGrid';
import type {PatchPcaPictures} from './patchPcaPictures';
import type {Picture} from './pictures';
import {axis, colors, size} from './theme';

export interface PatchPcaFigureOptions {
  /** @default 'Principal components of patches' */
  title?: string;
  /** Whose features these are, for the caption: 'MAE, last layer'. @default nothing */
  source?: string;
  /** Whom to credit for the images. */
  credits?: readonly string[];
}

/** Pixels: from the pictures to the panel below, the panel, and what stands under it. */
const [GAP, PANEL, AXIS] = [66, 180, 76];
const BINS = 40;

/**
 * A column for each image that is shown; the histogram is of all that were analyzed.
 *
 * @param images Those that are shown, in the order of `drawn`.
 * @param drawn As `patchPcaPictures` makes them of the same analysis.
 * @throws RangeError when numbers of images differ.
 */
export function patchPcaFigure(images: readonly Picture[], pca: PatchPca, drawn: PatchPcaPictures, {title = 'Principal components of patches', source, credits}: PatchPcaFigureOptions = {}): Figure {
  const {shape: [n, h, w], threshold, clipped, foreground, explained} = pca;
  check(images.length === drawn.shown.length, 'patchPcaFigure', `expected the ${drawn.shown.length} images that were drawn, got ${images.length}`);
  const percent = (share: number) => `${(100 * share).toFixed(0)} %`;
  const inFront = foreground.reduce((sum, one) => sum + one, 0) / foreground.length;
  const ofImages = drawn.shown.map(i => foreground.subarray(i * h * w, (i + 1) * h * w).reduce((sum, one) => sum + one, 0) / (h * w));
  const unlabeled = ({label: _, ...picture}: Picture) => picture;
  const grid = imageGrid([images, drawn.first, drawn.foreground].map(row => row.map(unlabeled)), {
    title, credits, name: 'patch-pca', subtitle: `${h} × ${w} patches each; blue: above the threshold, the foreground${drawn.shown.length < n ? `; ${drawn.shown.length} of ${n} images analyzed` : ''}`, rowNames: ['image', 'first component', 'foreground, 3 components'],
    caption: [
      `${title}${source ? ` (${source})` : ''}. The patches of all ${n} images are analyzed together. Second row: score on their first principal component (${percent(explained.first)} of the variance), which is turned so that `
      + `patches at the border have the lower mean; blue above ${threshold} deviations: foreground, ${percent(inFront)} of the patches. Third row: the foreground's own first three components (${explained.colours.map(percent).join(', ')} `
      + `of its variance) as red, green and blue, ${clipped > 0 ? `each from its ${clipped} to its ${1 - clipped} quantile` : 'each from its least to its largest score'}; the background is black.`,
    ].join(' '),
  });
  const {bins, width} = histogram(pca);
  const most = Math.max(...bins.map(({share}) => share));
  const inner = grid.layout.height - (grid.layout.margin as {t: number; b: number}).t - (grid.layout.margin as {b: number}).b + GAP + PANEL + AXIS;
  const side = (above: boolean): PlotlyObject => {
    const some = bins.filter(({score}) => score > threshold === above);
    return {
      type: 'bar', xaxis: 'x2', yaxis: 'y2', name: above ? 'foreground' : 'background', x: some.map(({score}) => score), y: some.map(({share}) => 100 * share), width,
      marker: {color: above ? colors.blue : colors.vermilion, line: {width: 0}, ...(!above && {pattern: {shape: '/', fgcolor: colors.paper, size: 9, solidity: 0.2, fillmode: 'overlay'}})},
      hovertemplate: `${above ? 'foreground' : 'background'}, score %{x:.2f}: %{y:.1f} % of the patches<extra></extra>`,
    };
  };
  const note = (rest: PlotlyObject): PlotlyObject => ({xref: 'x2 domain', yref: 'y2 domain', showarrow: false, ...rest});
  return {
    ...grid,
    data: [...grid.data, side(false), side(true)],
    layout: {
      ...grid.layout,
      height: grid.layout.height + GAP + PANEL + AXIS,
      yaxis: {...(grid.layout.yaxis as PlotlyObject), domain: [(AXIS + PANEL + GAP) / inner, 1]},
      xaxis2: axis({anchor: 'y2', domain: [0, 1], nticks: 8, title: {text: 'score on the first component (deviations)', font: {size: size.heading}, standoff: 10}}),
      yaxis2: axis({anchor: 'x2', domain: [AXIS / inner, (AXIS + PANEL) / inner], range: [0, 130 * most], nticks: 4}),
      bargap: 0,
      shapes: [...(grid.layout.shapes as PlotlyObject[]), {type: 'line', xref: 'x2', yref: 'y2 domain', x0: threshold, x1: threshold, y0: 0, y1: 1, line: {color: colors.text, width: 3, dash: 'dash'}}],
      annotations: [
        ...(grid.layout.annotations as PlotlyObject[]),
        note({text: 'share of the patches (%)', x: 0, y: 1, xanchor: 'left', yanchor: 'bottom', yshift: 5, font: {size: size.heading}}),
        note({text: `background ${percent(1 - inFront)}`, xref: 'x2', x: threshold, y: 1, xanchor: 'right', yanchor: 'top', xshift: -10, font: {size: size.small}}),
        note({text: `foreground ${percent(inFront)}`, xref: 'x2', x: threshold, y: 1, xanchor: 'left', yanchor: 'top', xshift: 10, font: {size: size.small}}),
      ],
    },
    alt: `${drawn.shown.length} images, below each the scores of its ${h} × ${w} patches on the first principal component and its foreground in three colors: ${ofImages.map((share, i) => `${images[i]!.label ?? `image ${i + 1}`} ${percent(share)} foreground`).join(', ')}. `
      + `Histogram of the scores, cut at ${threshold}: ${percent(inFront)} of the patches above.`,
    rows: bins.map(({score, share}): Row => ({score, share, part: score > threshold ? 'foreground' : 'background'})),
  };
}

/** Shares of the patches in bins of one width, by their centers; the threshold lies between two of them. */
function histogram({scores, threshold}: PatchPca): {bins: {score: number; share: number}[]; width: number} {
  const [low, high] = [scores.reduce((a, b) => Math.min(a, b)), scores.reduce((a, b) => Math.max(a, b))];
  const width = (high - low) / BINS, first = Math.ceil((low - threshold) / width) - 1;   // a bin holds its upper edge, as the background does the threshold
  const counts = new Array<number>(Math.ceil((high - threshold) / width) - first).fill(0);
  for (const score of scores) counts[Math.ceil((score - threshold) / width) - 1 - first]!++;
  return {width, bins: counts.map((count, i) => ({score: threshold + (first + i + 0.5) * width, share: count / scores.length}))};
}
