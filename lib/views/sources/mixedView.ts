// Mixes each image of a labeled batch, and its label, with another one's: as a whole (mixup), or
// by a box that is cut out of the other one (cutmix). Zhang et al. 2018, "mixup: Beyond Empirical
// Risk Minimization", arXiv:1710.09412; Yun et al. 2019, "CutMix: Regularization Strategy to Train
// Strong Classifiers with Localizable Features", arXiv:1905.04899. As timm's (timm/data/mixup.py,
// mode 'batch'): one draw a batch, an image's partner stands as far from the end as it from the
// start, and cutmix's label goes by the pixels that are seen of each.

import {check} from '../../check';
import {fold, split, uniform} from '../../engine/random';
import {symmetricBeta} from '../../engine/symmetricBeta';
import {tf} from '../../engine/tf';
import type {Inputs} from '../../engine/step';
import type {Key, Source} from '../../module';
import {cutBox} from '../cutBox';
import type {LabeledView} from './labeledView';

export interface MixingOptions {
  /** α of mixup: an image keeps a share of Beta(α, α). 0 leaves mixup out. @default 0 */
  mixup?: number;
  /**
   * α of cutmix: an image keeps a share of Beta(α, α) of its area. 0 leaves cutmix out.
   * @default 0
   */
  cutmix?: number;
  /** Share of the batches that are cut and not mixed, where both are on. @default 0.5 */
  cutmixShare?: number;
  /** Share of the batches that are changed at all. @default 1 */
  probability?: number;
}

/** Options of {@link mixedView}. */
export interface MixedViewOptions extends MixingOptions {
  /** k. */
  classes: number;
}

/**
 * The batches of a source, mixed; `target` tells the share of each class in what is seen, `label`
 * stays the image's own. Disposing it disposes the source.
 *
 * @param source Of batches of an even number of images.
 * @throws RangeError when neither is on, an α is negative or a share outside 0 to 1; in a step,
 * when the batch is odd.
 */
export function mixedView<I extends Inputs>(
  source: Source<LabeledView, I>,
  {classes, mixup = 0, cutmix = 0, cutmixShare = 0.5, probability = 1}: MixedViewOptions,
): Source<LabeledView, I> {
  for (const [name, alpha] of Object.entries({mixup, cutmix}))
    check(alpha >= 0 && Number.isFinite(alpha), 'mixedView', `expected α of ${name} from 0, got ${alpha}`);
  check(
    mixup > 0 || cutmix > 0,
    'mixedView',
    'expected mixup or cutmix above 0, got neither: leave the source as it is',
  );
  for (const [name, share] of Object.entries({cutmixShare, probability}))
    check(share >= 0 && share <= 1, 'mixedView', `expected ${name} from 0 to 1, got ${share}`);
  /** How much of its partner each place of an image shows, the same in all images: [h, w, 1]. */
  const shares = (key: Key, [h, w]: readonly [number, number]): tf.Tensor3D => {
    const [ofMixup, ofCutmix, place, choice, whether] = split(key, 5);
    const even = () => tf.sub(1, symmetricBeta(ofMixup!, [1, 1, 1], mixup)).broadcastTo([h, w, 1]) as tf.Tensor3D;
    const cut = () =>
      cutBox([h, w], symmetricBeta(ofCutmix!, [], cutmix), uniform(place!, [2])).expandDims<tf.Tensor3D>(2);
    const drawn = () => {
      if (cutmix === 0) return even();
      if (mixup === 0) return cut();
      return tf.where(uniform(choice!, [1, 1, 1]).less(cutmixShare), cut(), even());
    };
    return probability === 1 ? drawn() : drawn().mul(uniform(whether!, []).less(probability).toFloat());
  };
  return {
    ...source,
    batch: (index, key, inputs) =>
      tf.tidy(() => {
        const {view, label} = source.batch(index, key, inputs);
        const [n, h, w] = view.shape;
        check(
          n % 2 === 0,
          'mixedView',
          `expected batches of an even number of images, which are mixed in pairs, got ${n}`,
        );
        const partner = shares(fold(key, 'mixed'), [h, w]);
        const own = tf.sub(1, partner);
        const hot = tf.oneHot(label, classes).toFloat();
        const kept = own.mean();
        return {
          view: view.mul(own).add(view.reverse(0).mul(partner)) as tf.Tensor4D,
          label,
          target: hot.mul(kept).add(hot.reverse(0).mul(tf.sub(1, kept))) as tf.Tensor2D, // [n, k]
        };
      }),
  };
}
