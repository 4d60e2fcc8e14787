// What a view is: a random change of a batch of images that leaves what they show recognizable.

import type {Key} from '../module';
import type {tf} from '../engine/tf';

/**
 * Images [n, h, w, c], float32 in [0, 1], and a key; returns images of the same kind, maybe of
 * another size. Each image gets parameters of its own, drawn on the device; the same key gives the
 * same views.
 */
export type View = (images: tf.Tensor4D, key: Key) => tf.Tensor4D;
