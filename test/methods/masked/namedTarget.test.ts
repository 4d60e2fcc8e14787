import assert from 'node:assert/strict';
import {test} from 'node:test';
import {tf} from '../../../lib/engine/tf';
import {namedTarget, targetNames} from '../../../lib/methods/masked/namedTarget';
import {close} from '../../close';
import {flat} from '../../flat';
import {images} from './predictors';

test('each name is a target as wide as it says; those of pixels give them back', async () => {
  for (const name of targetNames) {
    const target = namedTarget(name), {paint} = target;
    const values = await flat(() => target.of(images, 4), 1);
    assert.deepEqual(values.shape, [3, 16, target.width(4, 3)]);
    assert.equal(paint !== undefined, name !== 'hog');
    if (paint) close(tf.tidy(() => paint(values, images, 4)).dataSync(), namedTarget('pixels').of(images, 4).dataSync(), 1e-5);
  }
});

test('normalised pixels have mean 0 and unbiased variance 1 in each patch', () => {
  const values = namedTarget('normalisedPixels').of(images, 4);
  close(values.mean(2).dataSync(), Array(48).fill(0), 1e-5);
  close(values.square().sum(2).div(47).dataSync(), Array(48).fill(1), 1e-4);
});

test('another name is refused', () => {
  assert.throws(() => namedTarget('colours' as 'hog'), /^RangeError: namedTarget: expected pixels, normalisedPixels, hog, got 'colours'$/);
});
