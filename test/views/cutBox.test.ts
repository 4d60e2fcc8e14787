import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {tf} from '../../lib/engine/tf';
import {cutBox} from '../../lib/views/cutBox';
import {flat} from '../flat';
import reference from '../reference/fineTune.json';

/** Rows and columns from which and up to which a mask is 1. */
function extent(mask: tf.Tensor2D): number[] {
  const [rows, columns] = [mask.max(1).dataSync(), mask.max(0).dataSync()];
  return [rows, columns].flatMap(line => [line.indexOf(1), line.lastIndexOf(1) + 1]);
}

for (const {
  image: [h, w],
  kept,
  center: [y, x],
  box,
  corrected,
} of reference.boxes as {
  image: [number, number];
  kept: number;
  center: [number, number];
  box: number[];
  corrected: number;
}[]) {
  test(`the box of ${kept} of ${h} × ${w} pixels round ${y}, ${x} is timm's, and what it leaves is timm's corrected λ`, () => {
    const mask = cutBox([h, w], tf.scalar(kept), tf.tensor1d([(y + 0.5) / h, (x + 0.5) / w]));
    const inside = mask.sum().dataSync()[0]!;
    if (inside > 0) assert.deepEqual(extent(mask), box);
    assert.equal(inside, (box[1]! - box[0]!) * (box[3]! - box[2]!));
    assert.ok(Math.abs(1 - inside / (h * w) - corrected) < 1e-9);
  });
}

test('a rectangle within the image, no larger than 1 − λ of it, that holds the center unless it is empty', () => {
  const share = fc.double({min: 0, max: 0.999999, noNaN: true});
  fc.assert(
    fc.property(fc.integer({min: 1, max: 20}), fc.integer({min: 1, max: 20}), share, share, share, (h, w, kept, y, x) =>
      tf.tidy(() => {
        const [values, inside] = [
          cutBox([h, w], tf.scalar(kept), tf.tensor1d([y, x])).arraySync(),
          cutBox([h, w], tf.scalar(kept), tf.tensor1d([y, x]))
            .sum()
            .dataSync()[0]!,
        ];
        const [top, bottom, left, right] = extent(tf.tensor2d(values));
        assert.ok(inside <= h * w * (1 - kept) * (1 + 1e-5));
        if (inside === 0) return;
        assert.equal(inside, (bottom! - top!) * (right! - left!));
        assert.equal(values[Math.floor(Math.fround(y) * h)]![Math.floor(Math.fround(x) * w)], 1);
      }),
    ),
    {seed: 7, numRuns: 100},
  );
});

test('λ = 0 about the middle cuts all, λ = 1 nothing; leaves one tensor', async () => {
  const middle = tf.tensor1d([0.5, 0.5]);
  const [none, all] = [tf.scalar(1), tf.scalar(0)];
  assert.equal(cutBox([7, 4], all, middle).min().dataSync()[0], 1);
  assert.equal(cutBox([7, 4], none, middle).max().dataSync()[0], 0);
  await flat(() => cutBox([7, 4], all, middle), 1);
});
