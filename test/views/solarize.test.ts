import assert from 'node:assert/strict';
import {test} from 'node:test';
import {tf} from '../../lib/engine/tf';
import {solarize} from '../../lib/views/solarize';
import {close} from '../close';
import {imagesOf, reference} from './reference';

test("equals torchvision's, also at the threshold", () => {
  close(solarize(imagesOf(reference.color), 0.4).dataSync(), reference.color.solarize, 1e-6);
  assert.deepEqual(
    [...solarize(tf.tensor4d([0, 0.25, 0.5, 0.75, 1], [1, 1, 5, 1])).dataSync()],
    [0, 0.25, 0.5, 0.25, 0],
  );
});
