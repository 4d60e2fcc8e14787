import assert from 'node:assert/strict';
import {test} from 'node:test';
import {vit} from '../../lib/backbones/vit';
import {vitDepth} from '../../lib/backbones/vitDepth';
import {key} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {leaves} from '../../lib/engine/params';

test('as MAE counts: what makes tokens 0, block i i + 1, norm and head behind them', () =>
  tf.tidy(() => {
    const depths = leaves({
      backbone: vit({size: 'nano', patch: 4, image: 8, registers: 2, layerScale: 0.1}).init(key(0)),
      head: {weight: tf.zeros([2, 128])},
    }).map(([name]) => [name, vitDepth(name, 4)] as const);
    const of = (depth: number) => depths.filter(([, d]) => d === depth).map(([name]) => name);
    assert.deepEqual(
      of(0),
      ['cls_token', 'patch_embed.proj.bias', 'patch_embed.proj.weight', 'pos_embed', 'reg_token'].map(
        name => `backbone.${name}`,
      ),
    );
    for (const i of [0, 1, 2, 3])
      assert.ok(of(i + 1).length === 14 && of(i + 1).every(name => name.startsWith(`backbone.blocks.${i}.`)));
    assert.deepEqual(of(5), ['backbone.norm.bias', 'backbone.norm.weight', 'head.weight']);
  }));

test('a name without a tree before it; twelve blocks; a block too many is refused', () => {
  assert.deepEqual(
    ['blocks.11.ls1.gamma', 'mask_token', 'norm_pre.bias', 'fc_norm.bias'].map(name => vitDepth(name, 12)),
    [12, 0, 0, 13],
  );
  assert.throws(
    () => vitDepth('backbone.blocks.12.norm1.bias', 12),
    /^RangeError: vitDepth: expected a parameter of 12 blocks, counted from 0, got backbone.blocks.12.norm1.bias/,
  );
});
