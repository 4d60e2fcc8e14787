// What holds for the masks of every strategy.

import assert from 'node:assert/strict';
import {tf} from '../../lib/engine/tf';
import {drawMasks} from '../../lib/masks/drawMasks';
import type {Masks, MaskStrategy} from '../../lib/masks/masks';

type Lists = {masked: number[][]; kept: number[][]; targets?: number[][][]};

/**
 * Kept tokens of each image, and masked ones, as lists; asserts that they ascend, that none is both
 * and that together they are all.
 */
export function lists({
  masked,
  kept,
  valid,
  ...more
}: Masks & {targets?: tf.Tensor3D; targetsValid?: tf.Tensor3D}): Lists {
  const l = masked.shape[1];
  assert.deepEqual([masked.dtype, kept.dtype, valid?.dtype ?? 'float32'], ['float32', 'int32', 'float32']);
  const dense = masked.arraySync();
  assert.ok(
    dense.flat().every(value => value === 0 || value === 1),
    'masked is 0 or 1',
  );
  const hidden = dense.map(row => row.flatMap((value, token) => (value === 1 ? [token] : [])));
  const valids = valid?.arraySync();
  const shown = kept.arraySync().map((row, i) => {
    assert.equal(new Set(row).size, row.length, 'a token is named once');
    const own = valids ? row.filter((_, at) => valids[i]![at] === 1) : row;
    if (valids)
      assert.ok(
        valids[i]!.every((value, at) => value === (at < own.length ? 1 : 0)),
        'what fills up a row stands behind',
      );
    return own;
  });
  shown.forEach((row, i) => {
    assert.deepEqual(
      row,
      [...row].sort((a, b) => a - b),
      'kept tokens ascend',
    );
    assert.deepEqual(
      [...row, ...hidden[i]!].sort((a, b) => a - b),
      Array.from({length: l}, (_, token) => token),
      'kept and masked are all, and none is both',
    );
  });
  if (!more.targets) return {masked: hidden, kept: shown};
  const counted = more.targetsValid?.arraySync();
  const targets = more.targets.arraySync().map((sets, i) =>
    sets.map((set, s) => {
      assert.equal(new Set(set).size, set.length, 'a token is named once in a set');
      const own = counted ? set.filter((_, at) => counted[i]![s]![at] === 1) : set;
      assert.deepEqual(
        own,
        [...own].sort((a, b) => a - b),
        'tokens of a set ascend',
      );
      return own;
    }),
  );
  return {masked: hidden, kept: shown, targets};
}

/** Draws n masks, disposes them, and returns them as {@link lists}. */
export function drawn<I extends Record<string, tf.Tensor>, M extends Masks>(
  strategy: MaskStrategy<I, M>,
  n: number,
  seed: number,
  inputs?: I,
): Lists {
  return tf.tidy(() => lists(drawMasks(strategy, n, seed, inputs)));
}

/** The same for the same seed, another for another one, and not the same for all images. */
export function followsSeed<I extends Record<string, tf.Tensor>, M extends Masks>(
  strategy: MaskStrategy<I, M>,
  inputs?: I,
): void {
  const [a, again, other] = [1, 1, 2].map(seed => drawn(strategy, 8, seed, inputs));
  assert.deepEqual(a, again);
  assert.notDeepEqual(a, other);
  assert.ok(new Set(a!.masked.map(String)).size > 1, 'images have masks of their own');
}
