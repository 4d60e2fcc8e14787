// Projections of several crops of each image, of two sizes.
// Caron et al. 2020 (SwAV), arXiv:2006.09882; facebookresearch/swav, src/resnet50.py: crops of one
// size are one batch of the backbone, and all crops one of the projector, so that is what each
// BatchNorm sees.

import {check} from '../../check';
import {fold} from '../../engine/random';
import {tf} from '../../engine/tf';
import {inside, type Backbone, type Mode, type Module} from '../../module';
import type {MultiCrop} from '../../views/sources/multiCrop';
import type {ProjectedParams} from './projected';

/**
 * @returns [V·n, width of the projector], crop by crop, the two global crops first.
 * @throws RangeError unless there are two global crops.
 */
export function cropProjections(
  backbone: Backbone,
  projector: Module<tf.Tensor2D, tf.Tensor2D>,
  params: ProjectedParams,
  {global, local}: Pick<MultiCrop, 'global' | 'local'>,
  {key}: Pick<Mode, 'key'>,
): tf.Tensor2D {
  check(global.length === 2, 'cropProjections', `expected two global crops of each image, got ${global.length}`);
  return tf.tidy(() => {
    const sizes = [global, local].filter(crops => crops.length > 0);
    const embedding = tf.concat(
      sizes.map((crops, i) =>
        backbone.apply(params.backbone, tf.concat(crops), inside({key: key && fold(key, i)}, 'backbone')),
      ),
    ); // [V·n, width]
    return projector.apply(params.projector, embedding, inside({key}, 'projector'));
  });
}
