// The smallest backbone: an image's values in a row, without parameters. A method's loss is then
// its projector's and nothing else's.

import type {tf} from '../../../lib/engine/tf';
import type {Backbone} from '../../../lib/module';

export const flatten = (width: number): Backbone => ({
  width,
  init: () => ({}),
  apply: (_params, images) => images.reshape([images.shape[0], width]) as tf.Tensor2D,
});
