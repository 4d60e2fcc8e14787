import assert from 'node:assert/strict';
import {test} from 'node:test';
import {backboneNames, namedBackbone, namedVit, vitNames} from '../../lib/backbones/namedBackbone';

test("every name is a backbone; transformers have the size, patch and channels named, and MAE's make", () => {
  // or the class token as embedding
  for (const name of backboneNames) assert.ok(namedBackbone(name, 3).width > 0, name);
  assert.deepEqual(
    vitNames
      .map(name => namedVit(name, 1))
      .map(({width, depth, patch, channels, classToken, pool, positions}) =>
        [width, depth, patch, channels, classToken, pool, positions].join(' '),
      ),
    [
      '128 4 4 1 true mean sinCos',
      '192 6 4 1 true mean sinCos',
      '384 12 16 1 true mean sinCos',
      '768 12 16 1 true mean sinCos',
      '1024 24 16 1 true mean sinCos',
      '128 4 4 1 true token sinCos',
      '384 12 16 1 true token sinCos',
    ],
  );
});

test('another name is refused', () => {
  assert.throws(
    () => namedBackbone('vit-giant' as 'vit-nano', 3),
    /^RangeError: namedBackbone: expected smallConv, pooledConv, resnet18-cifar, .*, vit-large-16, vit-nano-token, vit-small-16-token, got 'vit-giant'$/,
  );
  assert.throws(
    () => namedVit('smallConv' as 'vit-nano', 3),
    /^RangeError: namedVit: expected vit-nano, .*, got 'smallConv'$/,
  );
});
