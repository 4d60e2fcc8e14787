import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {numbers} from '../../lib/engine/numbers';
import {multiBlocks} from '../../lib/masks/multiBlocks';
import {countsOf} from './chiSquare';
import {alike, alikeShapes, reference} from './reference';

const {images, overlaps, ...theirs} = reference.ijepa;

test("10,000 batches are distributed as those of I-JEPA's generator", () => {
  // area, aspect, row and column of targets and context; context tokens after truncation
  const {draw} = multiBlocks({grid: [14, 14]});
  const next = numbers(1);
  const batches = Array.from({length: reference.draws}, () => {
    const batch = draw(images, next);
    const fewest = Math.min(...batch.map(({kept}) => kept.length));
    return {...batch[0]!, kept: batch[0]!.kept.slice(0, fewest)};
  });
  alikeShapes(
    'target',
    batches.map(({targets}) => targets[0]!),
    theirs.target,
  );
  alikeShapes(
    'last target',
    batches.map(({targets}) => targets.at(-1)!),
    theirs.lastTarget,
  );
  alikeShapes(
    'context',
    batches.map(({context}) => context),
    theirs.contextBlock,
  );
  alike('tokens of the context', countsOf(batches.map(({kept}) => kept.length)), theirs.context);
  alike('first token of the context', countsOf(batches.map(({kept}) => kept[0]!)), theirs.contextFirst);
  alike('last token of the context', countsOf(batches.map(({kept}) => kept.at(-1)!)), theirs.contextLast);
});

test('at these settings their context never has to overlap a target', () => assert.equal(overlaps, 0));

test('one number decides scale and aspect, as in their code, or two', () => {
  const corners = (freeAspect: boolean) => {
    const {draw} = multiBlocks({
      grid: [20, 20],
      targets: 1,
      targetScale: [0.05, 0.2],
      targetAspect: [0.4, 2.5],
      contextScale: [1, 1],
      sizeEach: true,
      freeAspect,
    });
    return new Set(
      draw(400, numbers(1)).map(
        ({targets: [block]}) =>
          `${block!.height * block!.width < 32 ? 'small' : 'large'}, ${block!.height < block!.width ? 'wide' : 'high'}`,
      ),
    );
  };
  assert.ok(!corners(false).has('small, high') && corners(true).has('small, high') && corners(true).has('large, wide'));
});

test('no block has more tokens than `most`, nor fewer than what is refused', () => {
  const scale = fc
    .tuple(fc.double({min: 0.1, max: 0.5, noNaN: true}), fc.double({min: 0, max: 0.3, noNaN: true}))
    .map(([from, more]) => [from, from + more] as const);
  fc.assert(
    fc.property(
      fc.integer({min: 4, max: 20}),
      fc.integer({min: 4, max: 20}),
      scale,
      fc.double({min: 0.3, max: 1, noNaN: true}),
      fc.double({min: 1, max: 3, noNaN: true}),
      fc.boolean(),
      fc.boolean(),
      fc.integer({min: 0, max: 2 ** 50}),
      (rows, columns, targetScale, low, high, freeAspect, wholeGrid, seed) => {
        const {draw, most} = multiBlocks({
          grid: [rows, columns],
          targets: 1,
          targetScale,
          targetAspect: [low, high],
          contextScale: [0.2, 1],
          freeAspect,
          wholeGrid,
          sizeEach: true,
          minimum: -1,
        });
        for (const {targets, context} of draw(40, numbers(seed))) {
          const {top, left, height, width} = targets[0]!;
          assert.ok(
            height * width <= most.target && context.height * context.width <= most.context,
            `${height} × ${width} above ${most.target}`,
          );
          assert.ok(top + height <= rows && left + width <= columns);
        }
      },
    ),
    {numRuns: 200},
  );
});
