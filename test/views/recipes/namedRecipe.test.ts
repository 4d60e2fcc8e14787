import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key, uniform} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import {namedRecipe, recipeDefaults} from '../../../lib/views/recipes/namedRecipe';

const looks = {shape: [8, 32, 32, 3] as const, mean: [0, 0, 0], standardDeviation: [1, 1, 1]};

test('views have the size of the images, or a share of it', () =>
  tf.tidy(() => {
    const images = uniform(key(0), [2, 32, 32, 3]) as tf.Tensor4D;
    const shapeOf = (scale?: number) =>
      namedRecipe({...recipeDefaults, ...(scale && {scale})}, looks).first(images, key(1)).shape;
    assert.deepEqual(shapeOf(), [2, 32, 32, 3]);
    assert.deepEqual(shapeOf(0.75), [2, 24, 24, 3]);
  }));

test('refused: a scale out of its range, a recipe that there is not', () => {
  for (const scale of [0, 24])
    assert.throws(
      () => namedRecipe({...recipeDefaults, scale}, looks),
      new RegExp(`^RangeError: sideOfViews: expected a scale above 0 and at most 1, got ${scale}$`),
    );
  assert.throws(
    () => namedRecipe({recipe: 'simclrr'} as never, looks),
    /^RangeError: namedRecipe: expected simclr, mocoV1, mocoV2 or cropFlip, got 'simclrr'$/,
  );
});
