// Carries tensors past the end of the tidy in which they were made.

import type {Params} from './params';
import {map} from './params';
import {tf} from './tf';

/** Copies that no tidy frees: for {@link released}, or for who owns them to dispose. */
export const kept = <P extends Params>(tree: P): P => map(tree, tensor => tf.keep(tensor.clone()));

/** Gives kept tensors back to the tidy that is running. */
export const released = <P extends Params>(tree: P): P =>
  map(tree, tensor => {
    const copy = tensor.clone();
    tensor.dispose();
    return copy;
  });
