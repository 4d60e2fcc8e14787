import assert from 'node:assert/strict';
import {test} from 'node:test';
import {drawMasks} from '../../lib/masks/drawMasks';
import type {Grid} from '../../lib/masks/masks';
import {namedMask, type MaskSettings} from '../../lib/masks/namedMask';

const grid: Grid = [8, 8];
const each: [MaskSettings, kept: number][] = [
  [{strategy: 'random', ratio: 0.75}, 16],
  [{strategy: 'cells', ratio: 0.75}, 16],
  [{strategy: 'cells', ratio: 0.75, cell: 4}, 16],
  [{strategy: 'grid', ratio: 0.75}, 16],
  [{strategy: 'block', ratio: 0.75}, 16],
  [{strategy: 'inverseBlock', ratio: 0.75}, 16],
  [{strategy: 'random', ratio: 0.95}, 3],
];

for (const [settings, kept] of each) {
  test(`${JSON.stringify(settings)}: every image keeps ${kept} of 64 tokens`, () => {
    const masks = drawMasks(namedMask(settings, grid), 8, 0);
    assert.deepEqual(masks.kept.shape, [8, kept]);
    assert.equal(masks.valid, undefined);
    assert.deepEqual(new Set(masks.masked.sum(1).dataSync()), new Set([64 - kept]));
  });
}

test('an unknown strategy is refused', () => {
  assert.throws(
    () => namedMask({strategy: 'stripes', ratio: 0.5} as unknown as MaskSettings, grid),
    /^RangeError: namedMask: expected random, cells, grid, block or inverseBlock, got 'stripes'/,
  );
});

test('masks by attention are refused where there is no teacher', () => {
  assert.throws(
    () => namedMask({strategy: 'attention', ratio: 0.5} as unknown as MaskSettings, grid),
    /^RangeError: namedMask: expected a strategy that draws on its own, got attention: what is hidden by a teacher's attention needs a method with a teacher, such as iBOT$/,
  );
});
