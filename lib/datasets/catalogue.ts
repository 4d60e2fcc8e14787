// The table of all data sets that a name or another process can load: a data set is a loader in
// this folder and a record here. `--dataset`, `Dataset.origin`, `transferNames` and the set-up of
// rendered images read it.

import {cifar10} from './cifar10';
import {cifar100} from './cifar100';
import type {Dataset, Origin, Splits} from './dataset';
import {digits} from './digits';
import {earth, prepareEarth} from './earth/earth';
import {drawnEmoji, prepareDrawnEmoji} from './emoji/drawnEmoji';
import {fashionMnist} from './fashionMnist';
import {imageFolder, type ImageFolderOptions} from './imageFolder';
import {letters, prepareLetters} from './letters/letters';
import {ofClasses} from './ofClasses';
import {photos, preparePhotos} from './photos/photos';
import {objects} from './scenes/objects';
import {scenes} from './scenes/scenes';
import {stl10} from './stl10';
import {subset} from './subset';
import {svhn} from './svhn';

type Options = Origin['options'];

/** A callback that takes lines of progress; loaders print them by themselves without one. */
type Reporting = {log?(line: string): void};

/** A data set, or several that one loader makes. */
export interface DatasetRecord {
  /** The loading function, as `Dataset.origin` names it. */
  readonly loader: string;
  /** What is seen, for people. */
  readonly title: string;
  /**
   * Names on the command line, each with the options that it stands for; none where a name would
   * not say enough.
   */
  readonly names: {readonly [name: string]: Options};
  /**
   * Whether encoders can be transferred to the first of its names: images of 32 px and three
   * channels.
   * @default false
   */
  readonly transfer?: boolean;
  /**
   * Images that set-up renders from npm packages: the folder below `data`, with a record of the
   * same name in it.
   */
  readonly rendered?: {
    readonly folder: string;
    /** Renders them where they are not yet there. */
    prepare(options: Reporting): Promise<void>;
  };
  /** Loads the data set. */
  load(options: Options, reporting?: Reporting): Promise<Dataset>;
}

/** A record whose names are checked against the options of its loader. */
function record<Given extends object>({
  load,
  ...facts
}: Omit<DatasetRecord, 'load' | 'names'> & {
  names: {readonly [name: string]: NoInfer<Given> & Options};
  load(options: Given): Promise<Dataset>;
}): DatasetRecord {
  // Options come from `names`, checked above, or from an origin, which the same loader wrote.
  return {...facts, load: (options, reporting) => load({...(options as Given), ...reporting})};
}

/** A record for each loader. */
export const datasets: readonly DatasetRecord[] = [
  record({
    loader: 'drawnEmoji',
    title: '1,563 emoji in five drawings by four hands, 28 classes',
    names: {'drawn-emoji': {size: 32}, 'drawn-emoji-64': {size: 64}},
    transfer: true,
    rendered: {folder: 'drawn-emoji', prepare: prepareDrawnEmoji},
    load: drawnEmoji,
  }),
  record({
    loader: 'earth',
    title: '6,715 patches of the Earth from above, 3 classes of ruggedness',
    names: {earth: {size: 32}, 'earth-64': {size: 64}},
    transfer: true,
    rendered: {folder: 'earth', prepare: prepareEarth},
    load: earth,
  }),
  record({
    loader: 'photos',
    title: '4,691 patches of eight old photographs, a class each',
    names: {photos: {size: 32}, 'photos-64': {size: 64}},
    transfer: true,
    rendered: {folder: 'photos', prepare: preparePhotos},
    load: photos,
  }),
  record({
    loader: 'letters',
    title: '62 letters and digits in forty fonts, a class each',
    names: {letters: {size: 32}, 'letters-64': {size: 64}},
    transfer: true,
    rendered: {folder: 'letters', prepare: prepareLetters},
    load: letters,
  }),
  record({
    loader: 'objects',
    title: '32,500 drawn objects, each its own instance, 16 categories',
    names: {objects: {size: 32}, 'objects-64': {size: 64}},
    load: objects,
  }),
  record({
    loader: 'scenes',
    title: '5,000 drawn scenes of 2 to 7 objects, with depth, normals and masks',
    names: {}, // without labels there is nothing to evaluate
    load: scenes,
  }),
  record({loader: 'digits', title: '70,000 handwritten digits (MNIST)', names: {digits: {}}, load: digits}),
  record({
    loader: 'fashionMnist',
    title: '70,000 pieces of clothing, 10 classes',
    names: {'fashion-mnist': {}},
    load: fashionMnist,
  }),
  record({loader: 'cifar10', title: '60,000 photographs, 10 classes', names: {'cifar-10': {}}, load: cifar10}),
  record({loader: 'cifar100', title: '60,000 photographs, 100 classes', names: {'cifar-100': {}}, load: cifar100}),
  record({loader: 'svhn', title: '99,289 digits of house numbers', names: {svhn: {}}, load: svhn}),
  record({
    loader: 'stl10',
    title: '113,000 photographs, 13,000 of them in 10 classes',
    names: {'stl-10': {}, 'stl-10-64': {size: 64}},
    load: stl10,
  }),
  record({
    loader: 'generatedFactors',
    title: '8,640 combinations of a digit, place, size, color and texture',
    names: {},
    // The only loader that computes with TensorFlow, which set-up does not have yet when it renders
    // the others.
    load: async options => (await import('./generatedFactors')).generatedFactors(options),
  }),
  record({
    loader: 'imageFolder',
    title: 'a folder of images, a sub-folder a class',
    names: {},
    load: ({folder, ...options}: ImageFolderOptions & {folder: string}) => imageFolder(folder, options),
  }),
];

/** What makes a data set of another one, by the name that `Dataset.origin` gives it. */
export const derivations: {readonly [name: string]: (of: Dataset, options: Options) => Dataset} = {
  subset: (of, {sizes}) => subset(of, sizes as Partial<Record<keyof Splits, number>>),
  ofClasses: (of, {names}) => ofClasses(of, names as string[]),
};

/** All names on the command line. */
export const datasetNames: readonly string[] = datasets.flatMap(({names}) => Object.keys(names));

/** Loads the data set of a name of {@link datasetNames}; undefined for any other. */
export function namedDataset(name: string, reporting?: Reporting): Promise<Dataset> | undefined {
  const found = datasets.find(({names}) => Object.hasOwn(names, name));
  return found?.load(found.names[name] ?? {}, reporting);
}
