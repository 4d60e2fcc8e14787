import assert from 'node:assert/strict';
import {test} from 'node:test';
import {drawScene} from '../../lib/scenes/drawScene';
import {visibleObjects} from '../../lib/scenes/visibleObjects';
import {sceneOf, thing} from './plain';

test('boxes and areas of what is seen, in the order of the scene', () => {
  const owner = Int16Array.from([-1, 2, 2, -3, 2, 0, -1, 0, 0]);
  assert.deepEqual(visibleObjects({owner, size: 3}), [
    {object: 0, left: 1, top: 1, right: 2, bottom: 2, area: 3},
    {object: 2, left: 1, top: 0, right: 2, bottom: 1, area: 3},
  ]);
});

test('the box of a crate is where its front is seen; what is hidden has none', () => {
  const scene = sceneOf([thing('crate', {shape: [1, 1, 1]}), thing('ball', {shape: [0], at: [0, -1.5], scale: 0.5})]);
  const [box, ...others] = visibleObjects(drawScene(scene, {size: 100}));
  assert.deepEqual(others, []);
  // 1 on a side, its front at 2.5: 2 / 2.5 / 2 of half of the image on either side of the middle
  assert.deepEqual(box, {object: 0, left: 30, top: 30, right: 69, bottom: 69, area: 1600});
});
