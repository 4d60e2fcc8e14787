// Accuracy of an encoder on data sets that it was not trained on.

import {check} from '../check';
import {datasets, namedDataset} from '../datasets/catalogue';
import type {Encoder} from '../embedding/embed';
import {evaluateEmbedding} from '../evaluation/evaluateEncoder';

/** Data sets to which encoders can be transferred: images of 32 px and three channels. */
export const transferNames: readonly string[] = datasets.flatMap(({names, transfer}) =>
  transfer ? Object.keys(names).slice(0, 1) : [],
);

/** k-NN and linear probe of the embedding on the test images, shares 0 to 1. */
export type Read = {knn: number; linear: number};

/** @throws RangeError for an unknown name. */
export function checkTransfer(caller: string, names: readonly string[]): void {
  for (const name of names)
    check(
      transferNames.includes(name),
      caller,
      `expected data sets to transfer to of ${transferNames.join(', ')}, got '${name}'`,
    );
}

/**
 * The encoder's accuracies by the data sets' names.
 *
 * @throws RangeError for an unknown name.
 */
export async function transferred(
  encoder: Encoder,
  names: readonly string[],
  signal?: AbortSignal,
): Promise<{[name: string]: Read}> {
  const read: {[name: string]: Read} = {};
  for (const name of names) {
    const loaded = namedDataset(name, {log() {}});
    check(loaded !== undefined, 'transferred', `expected data sets of ${transferNames.join(', ')}, got '${name}'`);
    const {knn, linear} = await evaluateEmbedding(encoder, await loaded, {signal});
    read[name] = {knn, linear};
  }
  return read;
}
