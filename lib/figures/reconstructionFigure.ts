// What a masked method sees of images and what it makes of them: a row an image, a slider over the
// ratio of masked patches.
// He et al. 2022 (MAE), "Masked Autoencoders Are Scalable Vision Learners", arXiv:2111.06377, fig.
// 2 to 4.

import {check} from '../check';
import {distinct} from './distinct';
import type {Figure, PlotlyObject} from './figure';
import {imageGrid} from './imageGrid';
import type {Picture} from './pictures';
import type {ReconstructionPictures} from './reconstructionPictures';
import {count, sentences} from './texts';
import {size} from './theme';

/** Options of {@link reconstructionFigure}. */
export interface ReconstructionFigureOptions {
  /** Above the figure. @default 'Reconstructions' */
  title?: string;
  /**
   * Whether hidden patches got back their own mean and contrast, which a method does not say whose
   * target are normalized pixels.
   * @default false
   */
  ownStatistics?: boolean;
  /** Which ratio is shown until the slider is moved. @default the one in the middle */
  ratio?: number;
  /** Whom to credit for the images. */
  credits?: readonly string[];
}

/** Pixels under the grid for the slider and its value. */
const SLIDER = 112;
const columns = {
  original: 'original',
  masked: 'masked',
  reconstruction: 'reconstruction',
  pasted: '+ visible',
} as const;
const kinds = ['original', 'masked', 'reconstruction', 'pasted'] as const satisfies (keyof typeof columns)[];

const share = (ratio: number) => `${Number((100 * ratio).toFixed(1))} %`;

/**
 * @param all Of the same images, at different ratios; with one ratio there is no slider.
 * @throws RangeError when there is none, ratios are equal, numbers of pictures differ, or the ratio
 * to show is not among
 *   them.
 */
export function reconstructionFigure(
  all: readonly ReconstructionPictures[],
  options: ReconstructionFigureOptions = {},
): Figure {
  const sorted = [...all].sort((a, b) => a.ratio - b.ratio);
  checkTogether(sorted);
  const ratios = sorted.map(({ratio}) => ratio);
  const {ratio = ratios[Math.floor(ratios.length / 2)]} = options;
  const shown = ratios.findIndex(other => other === ratio);
  check(shown >= 0, 'reconstructionFigure', `expected one of the ratios ${ratios.join(', ')} to show, got ${ratio}`);
  const grids = sorted.map(pictures => gridOf(pictures, ratios, options));
  const [first] = grids as [Figure];
  if (ratios.length === 1) return first;

  // All pictures lie in the figure, those of one ratio are visible; the originals stand once, and
  // always.
  const placed = grids.flatMap(({layout}, at) =>
    (layout.images as PlotlyObject[])
      .map((image, i) => ({image, at, always: i % kinds.length === 0}))
      .filter(({always}) => at === 0 || !always),
  );
  const visible = (now: number) => placed.map(({at, always}) => always || at === now);
  const margin = first.layout.margin as {b: number};
  const steps = ratios.map((hidden, now) => ({
    label: share(hidden),
    method: 'relayout',
    args: [Object.fromEntries(visible(now).map((here, i) => [`images[${i}].visible`, here]))],
  }));
  return {
    ...first,
    layout: {
      ...first.layout,
      height: first.layout.height + SLIDER,
      margin: {...margin, b: margin.b + SLIDER},
      images: placed.map(({image}, i) => ({...image, visible: visible(shown)[i]!})),
      sliders: [
        {
          active: shown,
          x: 0,
          len: 1,
          y: 0,
          yanchor: 'top',
          pad: {t: margin.b, b: 4},
          font: {size: size.small},
          currentvalue: {prefix: 'masked: ', font: {size: size.text}, xanchor: 'left', offset: 8},
          steps,
        },
      ],
    },
    alt: `${first.alt} A slider over the share of masked patches: ${ratios.map(share).join(', ')}.`,
    rows: grids.flatMap(({rows}, i) => rows.map(row => ({ratio: ratios[i]!, ...row}))),
  };
}

/** @throws RangeError when pictures are not of the same images at different ratios. */
function checkTogether(all: readonly ReconstructionPictures[]): void {
  const [first] = all;
  check(first !== undefined, 'reconstructionFigure', 'expected pictures at one ratio at least, got none');
  const ratios = all.map(({ratio}) => ratio);
  const apart = distinct(ratios).length === ratios.length;
  check(apart, 'reconstructionFigure', `expected different ratios, got ${ratios.join(', ')}`);
  const n = first.original.length;
  for (const pictures of all) {
    for (const kind of kinds) {
      const got = `${pictures[kind].length} of "${kind}" at ${pictures.ratio}`;
      const even = pictures[kind].length === n;
      check(even, 'reconstructionFigure', `expected ${n} pictures of each kind, got ${got}`);
    }
  }
}

/** A row an image, at one ratio. */
function gridOf(
  pictures: ReconstructionPictures,
  ratios: readonly number[],
  {title = 'Reconstructions', ownStatistics = false, credits}: ReconstructionFigureOptions,
): Figure {
  const {original} = pictures;
  const unlabeled = ({label: _, ...picture}: Picture) => picture;
  const several = ratios.length > 1;
  const masked = `${ratios.map(share).join(', ')} of the patches masked`;
  return imageGrid(
    original.map((_, i) => kinds.map(kind => unlabeled(pictures[kind][i]!))),
    {
      title,
      credits,
      columns: kinds.map(kind => columns[kind]),
      name: 'reconstructions',
      ...(original.every(({label}) => label !== undefined) && {rowNames: original.map(({label}) => label!)}),
      subtitle:
        `${count(original.length, 'image')}${several ? '; pull the slider to mask more or less' : `, ${masked}`}` +
        (ownStatistics ? '; hidden patches are given mean and contrast' : ''),
      caption: sentences(
        `${title}: each row shows an image, what is seen of it, what the method makes of all patches, and the same ` +
          `with the visible patches as they are, ${several ? 'at ' : ''}${masked}.`,
        ownStatistics && 'Each hidden patch has got back its own mean and contrast, which the method does not say.',
      ),
    },
  );
}
