// The first step of a training of one.

import {key} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import type {Step} from '../../lib/module';

export const step = (changes: Partial<Step> = {}): Step => ({
  key: key(0),
  index: tf.scalar(0, 'int32'),
  progress: tf.scalar(0),
  stepsPerEpoch: 1,
  epochs: 1,
  ...changes,
});
