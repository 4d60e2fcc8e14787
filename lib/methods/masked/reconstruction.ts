// What a masked method makes of images that it sees in part, to be looked at.
// He et al. 2022 (MAE), arXiv:2111.06377, fig. 2; facebookresearch/mae, demo/mae_visualize.ipynb.

import {tf} from '../../engine/tf';
import {fromPatches} from '../../layers/fromPatches';
import {patches} from '../../layers/patchEmbedding';
import type {Grid, Masks} from '../../masks/masks';
import type {Params} from '../../module';

/** Images [n, h, w, c], in the units of the view: {@link denormalize} makes them pictures. */
export type Reconstruction = {
  original: tf.Tensor4D;
  /** Hidden patches are 0: the mean color of the data set. */
  masked: tf.Tensor4D;
  /** What is said of all patches. No loss was ever taken of the visible ones. */
  reconstruction: tf.Tensor4D;
  /** Visible patches as they are, hidden ones as they are said to be. */
  pasted: tf.Tensor4D;
};

/** A method that says pixels of what it does not see. */
export interface Reconstructs<P extends Params> {
  /**
   * @param view Normalized images, as the method is trained on.
   * @throws RangeError when the method's target is not made of pixels.
   */
  reconstruct(params: P, view: tf.Tensor4D, masks: Masks): Reconstruction;
}

/** @param painted [n, l, patch²·c], what is said of each patch. */
export function reconstructionOf(
  view: tf.Tensor4D,
  painted: tf.Tensor3D,
  {masked}: Masks,
  grid: Grid,
  patch: number,
): Reconstruction {
  return tf.tidy(() => {
    const hidden = masked.expandDims(2);
    const seen = patches(view, patch).mul(tf.sub(1, hidden)); // [n, l, 1], [n, l, patch²·c]
    const image = (x: tf.Tensor) => fromPatches(x as tf.Tensor3D, grid, patch);
    return {
      original: view.clone(),
      masked: image(seen),
      reconstruction: image(painted),
      pasted: image(seen.add(painted.mul(hidden))),
    };
  });
}
