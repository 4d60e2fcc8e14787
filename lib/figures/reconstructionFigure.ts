// What a masked method sees of images and what it makes of them: a row an image, a slider over the ratio of masked patches.
// He et al. 2022 (MAE), "Masked Autoencoders Are Scalable Vision Learners", arXiv:2111.06377, fig. 2 to 4.

import {check} from '../check';
import type {Figure, PlotlyObject} from './figure';
import {imageGrid} from './imageGrid';
import type {Picture} from './pictures';
import type {ReconstructionPictures} from './reconstructionPictures';
import {size} from './theme';

export interface ReconstructionFigureOptions {
  /** @default 'Reconstructions' */
  title?: string;
  /** Whether hidden patches got back their own mean and contrast, which a method does not say whose target are normalized pixels. @default false */
  ownStatistics?: boolean;
  /** Which ratio is shown until the slider is moved. @default the one in the middle */
  ratio?: number;
  /** Whom to credit for the images. */
  credits?: readonly string[];
}

/** Pixels under the grid for the slider and its value. */
const SLIDER = 112;
const columns = {original: 'original', masked: 'masked', reconstruction: 'reconstruction', pasted: '+ visible'} as const;

/**
 * @param all Of the same images, at different ratios; with one ratio there is no slider.
 * @throws RangeError when there is none, ratios are equal, numbers of pictures differ, or the ratio to show is not among them.
 */
export function reconstructionFigure(all: readonly ReconstructionPictures[], {title = 'Reconstructions', ownStatistics = false, ratio, credits}: ReconstructionFigureOptions = {}): Figure {
  check(all.length > 0, 'reconstructionFigure', 'expected pictures at one ratio at least, got none');
  const sorted = [...all].sort((a, b) => a.ratio - b.ratio), ratios = sorted.map(({ratio}) => ratio);
  check(new Set(ratios).size === ratios.length, 'reconstructionFigure', `expected different ratios, got ${ratios.join(', ')}`);
  const names = Object.keys(columns) as (keyof typeof columns)[];
  const [{original: originals}] = sorted as [ReconstructionPictures], n = originals.length;
  for (const pictures of sorted) for (const name of names) check(pictures[name].length === n, 'reconstructionFigure', `expected ${n} pictures of each kind, got ${pictures[name].length} of "${name}" at ${pictures.ratio}`);
  const shown = ratio === undefined ? Math.floor(ratios.length / 2) : ratios.indexOf(ratio);
  check(shown >= 0, 'reconstructionFigure', `expected one of the ratios ${ratios.join(', ')} to show, got ${ratio}`);

  const named = originals.every(({label}) => label !== undefined);
  const unlabeled = ({label: _, ...picture}: Picture) => picture;
  const share = (ratio: number) => `${Number((100 * ratio).toFixed(1))} %`;
  const statistics = ownStatistics ? ' Each hidden patch has got back its own mean and contrast, which the method does not say.' : '';
  const several = ratios.length > 1 ? `, at ${ratios.map(share).join(', ')} of the patches masked` : `, ${share(ratios[0]!)} of the patches masked`;
  const grids = sorted.map(pictures => imageGrid(originals.map((_, i) => names.map(name => unlabeled(pictures[name][i]!))), {
    title, credits, columns: names.map(name => columns[name]), name: 'reconstructions', ...(named && {rowNames: originals.map(({label}) => label!)}),
    subtitle: `${n} image${n === 1 ? '' : 's'}${ratios.length > 1 ? '; pull the slider to mask more or less' : `, ${share(ratios[0]!)} of the patches masked`}${ownStatistics ? '; hidden patches are given mean and contrast' : ''}`,
    caption: `${title}: each row shows an image, what is seen of it, what the method makes of all patches, and the same with the visible patches as they are${several}.${statistics}`,
  }));
  const [first] = grids as [Figure];
  if (ratios.length === 1) return first;

  // All pictures lie in the figure, those of one ratio are visible; the originals stand once, and always.
  const placed = grids.flatMap(({layout}, at) => (layout.images as PlotlyObject[]).map((image, i) => ({image, at, always: i % names.length === 0}))).filter(({at, always}) => at === 0 || !always);
  const visible = (now: number) => placed.map(({at, always}) => always || at === now);
  const margin = first.layout.margin as {b: number};
  return {
    ...first,
    layout: {
      ...first.layout,
      height: first.layout.height + SLIDER,
      margin: {...margin, b: margin.b + SLIDER},
      images: placed.map(({image}, i) => ({...image, visible: visible(shown)[i]!})),
      sliders: [{
        active: shown, x: 0, len: 1, y: 0, yanchor: 'top', pad: {t: margin.b, b: 4}, font: {size: size.small}, currentvalue: {prefix: 'masked: ', font: {size: size.text}, xanchor: 'left', offset: 8},
        steps: ratios.map((ratio, now) => ({label: share(ratio), method: 'relayout', args: [Object.fromEntries(visible(now).map((here, i) => [`images[${i}].visible`, here]))]})),
      }],
    },
    alt: `${first.alt} A slider over the share of masked patches: ${ratios.map(share).join(', ')}.`,
    rows: grids.flatMap(({rows}, i) => rows.map(row => ({ratio: ratios[i]!, ...row}))),
  };
}
