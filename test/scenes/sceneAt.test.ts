import assert from 'node:assert/strict';
import {test} from 'node:test';
import {drawScene} from '../../lib/scenes/drawScene';
import {randomScene} from '../../lib/scenes/randomScene';
import {sceneAt} from '../../lib/scenes/sceneAt';
import {sceneOf, thing} from './plain';

test('objects slide, spin, and turn back at the border; the camera goes around', () => {
  const moving = thing('ball', {shape: [0.5], at: [2, 0], motion: {velocity: [0.2, -0.1], spin: 0.05}});
  const scene = sceneOf([moving, thing('ball', {shape: [0], at: [3, 3]})]);
  const at = (frame: number) => sceneAt({...scene, camera: {...scene.camera, orbit: 0.01}}, frame);
  const places = [0, 1, 3, 5, 26].map(frame =>
    at(frame).objects[0]!.at.map(value => Math.round(value * 1e9) / 1e9 + 0),
  );
  assert.deepEqual(places, [
    [2, 0],
    [2.2, -0.1],
    [2.6, -0.3],
    [2.2, -0.5],
    [-2, -2.6],
  ]);
  assert.ok(Math.abs(at(5).objects[0]!.turn - 0.25) < 1e-12);
  assert.ok(Math.abs(at(10).camera.around - 0.35) < 1e-12);
  assert.deepEqual(at(7).objects[1], scene.objects[1]);
  assert.deepEqual(sceneAt(scene, 0), scene);
  assert.throws(() => at(-1), /^RangeError: sceneAt: expected a frame from 0, got -1$/);
});

test('from one frame to the next the picture changes a little, and a frame is the same when asked again', () => {
  const scene = randomScene(3, {textures: 0});
  const [a, b, again] = [4, 5, 4].map(frame => drawScene(sceneAt(scene, frame), {size: 32}).image);
  assert.deepEqual(a, again);
  const change = a!.reduce((sum, value, i) => sum + Math.abs(value - b![i]!), 0) / a!.length;
  assert.ok(change > 0.1 && change < 20, `${change}`);
});
