import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {colorHistogram} from '../../lib/analysis/colorHistogram';
import {key, uniform} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {close} from '../close';
import {flat} from '../flat';

test('equals counting pixel by pixel', async () => {
  const [n, h, w, bins] = [3, 5, 7, 4];
  const images = uniform(key(1), [n, h, w, 3]);
  const expected = new Float64Array(n * bins ** 3);
  images.arraySync().forEach((image, i) =>
    image.flat().forEach(pixel => {
      const [r, g, b] = pixel.map(value => Math.min(bins - 1, Math.floor(value * bins)));
      expected[i * bins ** 3 + (r! * bins + g!) * bins + b!]! += 1 / (h * w);
    }),
  );
  close((await flat(() => colorHistogram(images, {bins}), 1)).dataSync(), expected, 1e-6);
});

test('an even image has one entry; 0 is in the first bin, 1 in the last', () => {
  for (const [color, place] of [
    [[0, 0, 0], 0],
    [[1, 1, 1], 511],
    [[1, 0, 0], 7 * 64],
    [[0, 0.5, 0.13], 4 * 8 + 1],
  ] as const) {
    const image = tf.tile(tf.tensor4d([...color], [1, 1, 1, 3]), [1, 4, 4, 1]);
    const expected = new Array<number>(512).fill(0);
    expected[place] = 1;
    assert.deepEqual(Array.from(colorHistogram(image).dataSync()), expected);
  }
});

test('places of pixels do not matter, and all shares add up to 1; one channel too', () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({min: 2, max: 32}), fc.constantFrom(1, 3), (seed, bins, c) => {
      const images = uniform(key(seed), [2, 6, 4, c]);
      const shares = colorHistogram(images, {bins: c === 3 ? Math.min(bins, 9) : bins});
      close(shares.sum(1).dataSync(), [1, 1], 1e-5);
      assert.deepEqual(
        colorHistogram(tf.reverse(images, [1, 2]), {bins: c === 3 ? Math.min(bins, 9) : bins}).dataSync(),
        shares.dataSync(),
      );
    }),
    {numRuns: 20},
  );
});

test('other channels and bins are refused', () => {
  assert.throws(
    () => colorHistogram(tf.ones([1, 2, 2, 2])),
    /^RangeError: colorHistogram: expected images of 1 or 3 channels, got \[1,2,2,2\]/,
  );
  for (const bins of [1, 33, 2.5])
    assert.throws(
      () => colorHistogram(tf.ones([1, 2, 2, 3]), {bins}),
      /^RangeError: colorHistogram: expected a whole number of bins from 2 to 32, got /,
    );
});
