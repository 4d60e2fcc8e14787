// How a data set is loaded again in another process: plain data that name its loader and the loader's options.

import {createHash} from 'node:crypto';
import {cifar10} from './cifar10';
import {cifar100} from './cifar100';
import type {Dataset, Splits} from './dataset';
import {digits} from './digits';
import {drawnEmoji} from './emoji/drawnEmoji';
import {earth} from './earth/earth';
import {fashionMnist, type FashionMnistChecksums} from './fashionMnist';
import {generatedFactors, type GeneratedFactorsOptions} from './generatedFactors';
import {imageFolder, type ImageFolderOptions} from './imageFolder';
import {ofClasses} from './ofClasses';
import {photos} from './photos/photos';
import type {RenderedSize} from './rendered';
import {stl10} from './stl10';
import {subset} from './subset';
import {svhn} from './svhn';

/** Folders are absolute paths. */
export type Origin =
  | {loader: 'cifar10' | 'cifar100'; options: {folder: string; sha256: string}}
  | {loader: 'digits'; options: {folder: string}}
  | {loader: 'drawnEmoji' | 'earth' | 'photos'; options: {folder: string; size: RenderedSize}}
  | {loader: 'fashionMnist'; options: {folder: string; sha256: FashionMnistChecksums}}
  | {loader: 'generatedFactors'; options: Required<GeneratedFactorsOptions>}
  | {loader: 'imageFolder'; folder: string; options: Omit<ImageFolderOptions, 'log' | 'signal'>}
  | {loader: 'ofClasses'; of: Origin; names: readonly string[]}
  | {loader: 'stl10'; options: {folder: string; sha256: string; size: number}}
  | {loader: 'svhn'; options: {folder: string; sha256: {train: string; test: string}}}
  | {loader: 'subset'; of: Origin; sizes: Partial<Record<keyof Splits, number>>};

/** The data set again. Says nothing on the way: whoever loaded it first has heard it. */
export async function loadOrigin(origin: Origin): Promise<Dataset> {
  const log = () => {};
  switch (origin.loader) {
    case 'cifar10': return cifar10({...origin.options, log});
    case 'cifar100': return cifar100({...origin.options, log});
    case 'digits': return digits(origin.options);
    case 'drawnEmoji': return drawnEmoji({...origin.options, log});
    case 'earth': return earth({...origin.options, log});
    case 'fashionMnist': return fashionMnist({...origin.options, log});
    case 'generatedFactors': return generatedFactors(origin.options);
    case 'imageFolder': return imageFolder(origin.folder, {...origin.options, log});
    case 'ofClasses': return ofClasses(await loadOrigin(origin.of), origin.names);
    case 'photos': return photos({...origin.options, log});
    case 'stl10': return stl10({...origin.options, log});
    case 'svhn': return svhn({...origin.options, log});
    case 'subset': return subset(await loadOrigin(origin.of), origin.sizes);
    default: return origin satisfies never;
  }
}

/** SHA-256 of all that a training sees of a data set, for images in files by the checksum that they had when the set was loaded: one that was changed after it was loaded is no longer what its origin gives. */
export function fingerprint({name, images, shape, labels, classes, splits, mean, standardDeviation, checksum}: Dataset): string {
  const hash = createHash('sha256').update(JSON.stringify({name, shape, classes, mean, standardDeviation, checksum, splits: Object.entries(splits).map(([split, {length}]: [string, Int32Array]) => [split, length])}));
  for (const array of [...(typeof images === 'function' ? [] : [images]), labels, ...Object.values(splits) as Int32Array[]]) hash.update(array);
  return hash.digest('hex');
}
