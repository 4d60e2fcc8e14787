import assert from 'node:assert/strict';
import {test} from 'node:test';
import {countOf, factorNames} from '../../lib/datasets/factors';
import {generatedFactors} from '../../lib/datasets/generatedFactors';
import {loadOrigin} from '../../lib/datasets/origin';

test('every combination once, each in one split, with balanced labels of any factor', () => {
  const {
    factors,
    shape: [n],
    splits,
    labels,
    classes,
  } = generatedFactors();
  assert.equal(n, 8640);
  const texts = Array.from({length: n}, (_, i) => factorNames.map(name => factors[name][i]).join());
  assert.equal(new Set(texts).size, n);
  for (const name of factorNames)
    for (let value = 0; value < countOf(name); value++)
      assert.equal(factors[name].filter(other => other === value).length, n / countOf(name));
  assert.deepEqual(labels, factors.digit);
  assert.equal(classes.length, 10);
  const seen = new Set([...splits.pretrain, ...splits.validation, ...splits.test]);
  assert.equal(seen.size, splits.pretrain.length + splits.validation.length + splits.test.length);
  assert.ok(splits.train.every(index => index < splits.pretrain.length));
});

test('no two images are alike, so that every factor can be read off; a larger side is the same picture', () => {
  const {
    images,
    shape: [n, h, w, c],
  } = generatedFactors();
  const size = h * w * c;
  assert.equal(
    new Set(
      Array.from({length: n}, (_, i) => Buffer.from(images.subarray(i * size, (i + 1) * size)).toString('latin1')),
    ).size,
    n,
  );
  const large = generatedFactors({size: 64});
  for (const i of [0, 4321, 8639])
    for (let y = 0; y < 32; y++)
      for (let x = 0; x < 32; x++)
        assert.equal(images[((i * 32 + y) * 32 + x) * 3], large.images[((i * 64 + 2 * y) * 64 + 2 * x) * 3]);
});

test('the seed decides, another process gets the same, and wrong options are named', async () => {
  const set = generatedFactors({label: 'background', seed: 3});
  assert.deepEqual(set.labels, set.factors.background);
  const again = await loadOrigin(set.origin!);
  assert.deepEqual(
    [again.labels, again.images, again.name],
    [set.labels, set.images, 'generated-factors-32-background'],
  );
  assert.notDeepEqual(generatedFactors().factors.digit, set.factors.digit);
  assert.throws(
    () => generatedFactors({size: 40}),
    /^RangeError: generatedFactors: expected a side of 32 pixels or a multiple, got 40$/,
  );
  assert.throws(
    () => generatedFactors({label: 'shape' as never}),
    /expected a label of digit, position, background, colour, scale, got 'shape'/,
  );
});
