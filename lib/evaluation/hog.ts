// Histograms of oriented gradients: what hand-made features reach, the line that a learned encoder
// has to beat. Dalal & Triggs 2005, "Histograms of Oriented Gradients for Human Detection", CVPR.
// Differs from the paper: a gradient votes for one orientation and one cell, as in scikit-image,
// instead of being shared out between neighbors.

import {check, whole} from '../check';
import {tf} from '../engine/tf';
import {orientationVotes} from '../layers/orientationVotes';

/** Options of {@link hog}. */
export interface HogOptions {
  /** Side of a cell in pixels. @default 4, for small images; the paper has 8 at 64 × 128 */
  cell?: number;
  /** Cells along a block's side; blocks overlap, one cell apart. @default 2 */
  block?: number;
  /** Orientations from 0 to 180°, without sign. @default 9 */
  orientations?: number;
}

/**
 * HOG features. Gradients by [−1, 0, 1], of the channel where they are largest, zero at the border;
 * each block L2-normalized, clipped at 0.2, normalized again (L2-Hys).
 *
 * @param images [n, h, w, c] in [0, 1]. Pixels that fill no whole cell at the lower and right
 * border are left out.
 * @returns [n, d], d = (⌊h/cell⌋ − block + 1) (⌊w/cell⌋ − block + 1) block² orientations: 1,764 for
 * 32 px. An even image gives zeros.
 * @throws RangeError when the images hold no whole block.
 * @see scikit-image, skimage.feature.hog: the same numbers.
 */
export function hog(images: tf.Tensor4D, {cell = 4, block = 2, orientations = 9}: HogOptions = {}): tf.Tensor2D {
  for (const [name, value] of Object.entries({cell, block})) whole('hog', name, value);
  whole('hog', 'orientations', orientations, 2);
  const [n, h, w, c] = images.shape;
  const [rows, columns] = [Math.floor(h / cell), Math.floor(w / cell)];
  check(
    rows >= block && columns >= block,
    'hog',
    `expected images of at least ${block * cell} px for blocks of ${block} × ${block} cells of ${cell} ` +
      `px, got ${h} × ${w}`,
  );
  return tf.tidy(() => {
    const [tall, wide] = [
      images.slice([0, 2]).sub(images.slice([0, 0], [-1, h - 2])),
      images.slice([0, 0, 2]).sub(images.slice([0, 0, 0], [-1, -1, w - 2])),
    ];
    const [down, right] = [
      tall.pad([
        [0, 0],
        [1, 1],
        [0, 0],
        [0, 0],
      ]),
      wide.pad([
        [0, 0],
        [0, 0],
        [1, 1],
        [0, 0],
      ]),
    ]; // [n, h, w, c]
    const lengths = down.square().add(right.square()).sqrt();
    // [n, h, w, c]
    const strongest = c === 1 ? tf.onesLike(lengths) : tf.oneHot(lengths.argMax(3) as tf.Tensor3D, c);
    const votes = orientationVotes(
      down.mul(strongest).sum(3),
      right.mul(strongest).sum(3),
      orientations,
    ) as tf.Tensor4D; // [n, h, w, orientations]
    // [n, rows, columns, orientations]
    const cells = tf.avgPool(votes.slice([0, 0, 0], [-1, rows * cell, columns * cell]), cell, cell, 'valid');
    const corners = Array.from({length: block * block}, (_, i) => [0, Math.floor(i / block), i % block]);
    const blocks = tf.concat(
      corners.map(corner => cells.slice(corner, [-1, rows - block + 1, columns - block + 1])),
      3,
    ); // the last axis: block² · orientations
    return scaled(scaled(blocks).minimum(0.2)).reshape([n, -1]) as tf.Tensor2D;
  });
}

/** Vectors along the last axis to length 1; one far below 1e-5 stays near zero. */
const scaled = (x: tf.Tensor) => x.div(x.square().sum(-1, true).add(1e-10).sqrt());
