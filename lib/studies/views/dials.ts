// The table of the dials of views, each one number that says what two views of a sample share: a
// dial is a record here. Its source, its presets and its command follow from the record.
// Tian et al. 2020 (InfoMin), "What Makes for Good Views for Contrastive Learning?",
// arXiv:2005.10243, sec. 3.2.

import {check} from '../../check';
import type {Dataset} from '../../datasets/dataset';
import {earth} from '../../datasets/earth/earth';
import {drawnEmoji, type DrawnEmoji} from '../../datasets/emoji/drawnEmoji';
import type {PairImages, PairOrigin} from '../../datasets/pairOrigin';
import type {Source} from '../../module';
import type {Preset} from '../../preset';
import {onObjects} from '../../study/studyPreset';
import type {EncoderSettings} from '../../study/trainingSettings';
import {compose} from '../../views/compose';
import {randomResizedCrop} from '../../views/crop';
import {randomFlip} from '../../views/flip';
import {namedRecipe, sideOfViews, type SimclrSettings} from '../../views/recipes/namedRecipe';
import {frameDistance} from '../../views/sources/frameDistance';
import {frequencySplit} from '../../views/sources/frequencySplit';
import {otherDrawing} from '../../views/sources/otherDrawing';
import {patchPairs} from '../../views/sources/patchPairs';
import {twoViews, type TwoViews} from '../../views/sources/twoViews';

/** What a dial's source is made of. */
type Given = {
  dataset: Dataset;
  split: 'pretrain' | 'test';
  value: number;
  base: SimclrSettings;
  /**
   * What 'patchDistance' and 'frameDistance' cut their pairs out of: patches as large as the data
   * set's images, as many as the split has.
   */
  images?: PairImages;
};

/**
 * A dial's values in a preset, and what differs from the presets of the others; `dial`: another one
 * in its place.
 */
type DialPreset<Dial extends string> = Partial<EncoderSettings> & {
  values: number[];
  dial?: Dial;
  load?(): Promise<Dataset>;
  base?: SimclrSettings;
  pairs?: PairOrigin;
  transfer?: string[];
  candidates?: number;
};

/** What the command of a dial is called, what it says of itself, and its presets. */
type DialCommand<Dial extends string> = {
  name: string;
  text: string;
  presets: Readonly<Record<Preset, DialPreset<Dial>>>;
};

type DialRecord<Dial extends string> = {
  /** As the name of an axis, with its unit. */
  title: string;
  /** Before a value, as in 'crop ≥ 0.4'. */
  short: string;
  /** Its range. */
  from: number;
  to: number;
  /** Pairs of views at a value; all else of the views stays. */
  source(given: Given): Source<TwoViews>;
  /** None for a dial that has no presets of its own. */
  command?: DialCommand<Dial>;
};

const simclrPairs = ({dataset, split, base}: Given, changed: Partial<SimclrSettings>): Source<TwoViews> =>
  twoViews({dataset, split, recipe: namedRecipe({...base, ...changed}, dataset)});

/** Of the dials that are turned on the drawn objects. */
const {views: objectViews, ...objectTraining} = onObjects;
const withObjects = {...objectTraining, base: objectViews, epochs: 3};

const weakJitter: SimclrSettings = {...objectViews, strength: 0.25};
const paperBase: SimclrSettings = {strength: 1, blur: 0.5, smallestArea: 0.2};

const areas = [0.02, 0.05, 0.1, 0.2, 0.4, 0.7, 1];
const sigmas = [0.35, 0.5, 0.75, 1, 1.5, 2.5, 4, 7];
const shares = [0, 0.25, 0.5, 0.75, 1];

const dials = {
  area: {
    title: 'share of the image that each crop shows',
    short: 'crop',
    from: 0.001,
    to: 1,
    source: given => simclrPairs(given, {smallestArea: given.value, largestArea: given.value}),
    /**
     * Seven crops, from a fiftieth of the image to all of it, with a weak color jitter; `paper`:
     * the smallest crop, as InfoMin varies it.
     */
    command: {
      name: 'view-crop',
      text: 'how much of an image each of two crops shows',
      presets: {
        smoke: {values: [0.1, 0.4, 1], base: weakJitter},
        default: {...withObjects, values: areas, base: weakJitter},
        paper: {dial: 'smallestArea' as const, values: areas, base: paperBase},
      },
    },
  },
  smallestArea: {
    title: 'smallest share of the image that a crop shows',
    short: 'crop ≥',
    from: 0.001,
    to: 1,
    source: given => simclrPairs(given, {smallestArea: given.value}),
  },
  strength: {
    title: 'strength of the color jitter',
    short: 'jitter',
    from: 0,
    to: 4,
    source: given => simclrPairs(given, {strength: given.value}),
    /** From no color jitter to twice SimCLR's, in crops of at least 0.4 (`paper`: 0.2). */
    command: {
      name: 'view-jitter',
      text: 'how strong the color jitter of two views is',
      presets: {
        smoke: {values: [0, 0.5, 2]},
        default: {...withObjects, values: [0, 0.125, 0.25, 0.5, 1, 2]},
        paper: {values: [0, 0.125, 0.25, 0.5, 1, 1.5], base: paperBase},
      },
    },
  },
  sigma: {
    title: 'blur that cuts images into coarse and fine, σ in pixels',
    short: 'σ',
    from: 0.1,
    to: 10,
    source: ({dataset, split, value, base}) => {
      const size = sideOfViews(base, dataset.shape[1]);
      const largest = (size - 1) / 3;
      check(
        value <= largest,
        'dialedViews',
        `expected sigma at most ${largest.toFixed(2)} pixels for views of ${size} px, got ${value}`,
      );
      const crop = randomResizedCrop({size, area: [base.smallestArea, 1]});
      return frequencySplit({dataset, split, sigma: value, view: compose({crop, flip: randomFlip(0.5)})});
    },
    /** From a third of a pixel to seven. */
    command: {
      name: 'view-frequency',
      text: 'the blur that cuts images into a coarse and a fine view',
      presets: {smoke: {values: [0.5, 2]}, default: {...withObjects, values: sigmas}, paper: {values: sigmas}},
    },
  },
  patchDistance: {
    title: 'distance of two patches, to the right and down, in pixels',
    short: 'd',
    from: 0,
    to: 4096,
    source: ({dataset, split, value, images}) => {
      check(
        images !== undefined && 'large' in images,
        'dialedViews',
        "expected large images for the dial 'patchDistance', got none: name a loader of them, as in pairs: " +
          "{loader: 'largeEarth'}",
      );
      const options = {
        images: images.large,
        split,
        size: dataset.shape[1],
        distance: value,
        pairs: dataset.splits[split].length,
      };
      return patchPairs(options);
    },
    /**
     * Patches of the map of the Earth; encoders are evaluated on the patches of `earth` and of old
     * photographs. `paper`: patches of 64 pixels of DIV2K, evaluated on STL-10.
     */
    command: {
      name: 'view-distance',
      text: 'how far apart two patches of a large image lie',
      presets: {
        smoke: {load: () => earth({size: 32, log: () => {}}), values: [0, 32], pairs: {loader: 'largeEarth'}},
        default: {
          load: () => earth({size: 32}),
          transfer: ['photos'],
          values: [0, 4, 8, 16, 32, 64, 128],
          pairs: {loader: 'largeEarth'},
        },
        paper: {values: [64, 96, 128, 160, 192, 256, 320, 384], pairs: {loader: 'div2k'}},
      },
    },
  },
  otherDrawing: {
    title: 'share of pairs that two hands drew',
    short: 'share',
    from: 0,
    to: 1,
    source: ({dataset, split, value, base}) => {
      check(
        'emojiOf' in dataset && 'hands' in dataset && dataset.images instanceof Uint8Array,
        'dialedViews',
        `expected drawn emoji for the dial 'otherDrawing', got ${dataset.name}`,
      );
      return otherDrawing({
        dataset: dataset as DrawnEmoji,
        split,
        share: value,
        recipe: namedRecipe(base, dataset),
      });
    },
    /**
     * The same emoji as two hands drew it; else one drawing twice. An epoch is an emoji each, a
     * fifth of the drawings.
     */
    command: {
      name: 'view-drawing',
      text: 'how often two views are by two hands',
      presets: {
        smoke: {load: () => drawnEmoji({size: 32, log: () => {}}), values: [0, 1]},
        default: {epochs: 40, candidates: 128, values: shares},
        paper: {load: () => drawnEmoji({size: 32}), transfer: ['earth'], epochs: 1000, candidates: 128, values: shares},
      },
    },
  },
  frameDistance: {
    title: 'frames from one view to the other',
    short: 'frames',
    from: 0,
    to: 10_000,
    source: ({dataset, split, value, base, images}) => {
      check(
        images !== undefined && 'videos' in images,
        'dialedViews',
        "expected videos for the dial 'frameDistance', got none: name a folder of them, as in pairs: " +
          "{loader: 'videoFrames', folder: …, options: {size: 32}}",
      );
      const {videos} = images;
      const {mean, standardDeviation} = videos;
      const recipe = namedRecipe(base, {shape: dataset.shape, mean, standardDeviation});
      return frameDistance({dataset: videos, split, distance: value, recipe});
    },
  },
} satisfies Record<string, DialRecord<string>>;

/** A dial of the views, by name. */
export type ViewDialName = keyof typeof dials;
/** What a dial of the views is called, its values, and how it makes views. */
export type ViewDialRecord = DialRecord<ViewDialName>;

/** All dials of the views, by name. */
export const viewDials: Readonly<Record<ViewDialName, ViewDialRecord>> = dials;
/** Names of the dials, in the order of {@link viewDials}. */
export const viewDialNames = Object.keys(dials) as ViewDialName[];

/** The dials that have a command. */
export const commandDials: readonly {dial: ViewDialName; command: DialCommand<ViewDialName>}[] = viewDialNames.flatMap(
  dial => {
    const {command} = viewDials[dial];
    return command ? [{dial, command}] : [];
  },
);

export interface DialedViewsOptions extends Given {
  dial: ViewDialName;
}

/**
 * Pairs of views at one value of a dial: of a split's images, or of other images where the dial
 * needs them. `base` says where SimCLR's other dials stand; of it 'sigma' takes the crop alone, and
 * patches of 'patchDistance' are normalized and nothing else. The caller disposes the source.
 *
 * @throws RangeError for an unknown dial, a value out of its range, images that are too small for
 * it, or a data set or images that the dial cannot be turned on.
 */
export function dialedViews({dial, ...given}: DialedViewsOptions): Source<TwoViews> {
  check(viewDialNames.includes(dial), 'dialedViews', `expected a dial of ${viewDialNames.join(', ')}, got '${dial}'`);
  const {from, to, title, source} = viewDials[dial];
  check(
    given.value >= from && given.value <= to,
    'dialedViews',
    `expected the ${title} from ${from} to ${to}, got ${given.value}`,
  );
  return source(given);
}
