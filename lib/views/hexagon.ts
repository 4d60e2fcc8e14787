// HSV's hexagon: colors by value, chroma and where they lie on the circle.

import {tf} from '../engine/tf';
import type {Planes} from './planes';

export type Hexagon = {
  /** Largest channel. */
  value: tf.Tensor2D;
  smallest: tf.Tensor2D;
  /** Largest − smallest: 0 where a pixel is gray. */
  chroma: tf.Tensor2D;
  /** Hue in turns, −1/6 to 5/6, from 0 (red) by 1/3 (green) and 2/3 (blue); 0 for gray. */
  turn: tf.Tensor2D;
};

/** @param planes Red, green and blue. @returns One [n, h·w] each; the caller frees them. */
export function hexagon(planes: Planes): Hexagon {
  const [r, g, b] = planes as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
  return tf.tidy(() => {
    const smallest = tf.minimum(tf.minimum(r, g), b) as tf.Tensor2D;
    const value = tf.maximum(tf.maximum(r, g), b) as tf.Tensor2D;
    const chroma = value.sub<tf.Tensor2D>(smallest);
    const sector = tf.where(
      r.equal(value),
      g.sub(b),
      tf.where(g.equal(value), b.sub(r).add(chroma.mul(2)), r.sub(g).add(chroma.mul(4))),
    );
    return {value, smallest, chroma, turn: sector.div(tf.maximum(chroma, 1e-12)).div<tf.Tensor2D>(6)};
  });
}
