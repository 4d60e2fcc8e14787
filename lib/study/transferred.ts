// What an encoder is worth on data sets that it was not trained on.

import type {Dataset} from '../datasets/dataset';
import {drawnEmoji} from '../datasets/emoji/drawnEmoji';
import {earth} from '../datasets/earth/earth';
import {photos} from '../datasets/photos/photos';
import {check} from '../check';
import type {Encoder} from '../evaluation/embed';
import {evaluateEmbedding} from '../evaluation/evaluateEncoder';

/** Data sets to which encoders can be transferred: images of 32 px and three channels. */
export const transferNames = ['drawn-emoji', 'earth', 'photos'] as const;
export type TransferName = typeof transferNames[number];

/** k-NN and linear probe of the embedding on the test images, shares 0 to 1. */
export type Read = {knn: number; linear: number};

/** @throws RangeError for an unknown name. */
export function checkTransfer(caller: string, names: readonly TransferName[]): void {
  for (const name of names) check(transferNames.includes(name), caller, `expected data sets to transfer to of ${transferNames.join(', ')}, got '${name}'`);
}

/** The encoder's accuracies by the data sets' names. */
export async function transferred(encoder: Encoder, names: readonly TransferName[], signal?: AbortSignal): Promise<{[name: string]: Read}> {
  const read: {[name: string]: Read} = {};
  for (const name of names) {
    const {knn, linear} = await evaluateEmbedding(encoder, await transferSet(name), {signal});
    read[name] = {knn, linear};
  }
  return read;
}

function transferSet(name: TransferName): Promise<Dataset> {
  const quiet = {size: 32, log: () => {}} as const;
  switch (name) {
    case 'drawn-emoji': return drawnEmoji(quiet);
    case 'earth': return earth(quiet);
    case 'photos': return photos(quiet);
    default: return name satisfies never;
  }
}
