import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {test} from 'node:test';
import type {CategoryName} from '../../lib/scenes/categories';
import {drawScene} from '../../lib/scenes/drawScene';
import {randomScene} from '../../lib/scenes/randomScene';
import {groundHalf, wallHeight, type Scene} from '../../lib/scenes/scene';
import {owners} from '../../lib/scenes/surfaces';
import {texture} from '../../lib/scenes/texture';
import {gray, rayOf, sceneOf, thing} from './plain';

const size = 96;
const pixels = Array.from({length: size * size}, (_, pixel) => pixel);

test('a ball: silhouette, depth and normal are those of the sphere, as far as its corners can have them', () => {
  const scene = sceneOf([thing('ball', {shape: [1], scale: 1.2})]); // radius 0.6 at the height of 0.6
  const {owner, depth, normal} = drawScene(scene, {size});
  const [radius, center] = [0.6, [0, 0.1, 3]]; // in the camera's frame
  let seen = 0;
  for (const pixel of pixels) {
    const ray = rayOf(scene, size, pixel);
    const along = ray.reduce((sum, r, i) => sum + r * center[i]!, 0);
    const square = ray.reduce((sum, r) => sum + r * r, 0);
    const from = Math.sqrt(Math.max(0, center.reduce((sum, c) => sum + c * c, 0) - along ** 2 / square));
    if (from > radius) assert.notEqual(owner[pixel], 0, `pixel ${pixel}: beside the ball`);
    if (from > 0.97 * radius) continue;
    seen++;
    assert.equal(owner[pixel], 0, `pixel ${pixel}: on the ball`);
    const exact = along / square - Math.sqrt((radius ** 2 - from ** 2) / square);
    const slant = Math.sqrt(1 - (from / radius) ** 2);
    if (slant < 0.5) continue;
    assert.ok(Math.abs(depth[pixel]! - exact) < (0.025 * radius) / slant, `depth ${depth[pixel]} for ${exact}`);
    const cosine = ray.reduce((sum, r, i) => sum + ((r * exact - center[i]!) / radius) * normal[3 * pixel + i]!, 0);
    assert.ok(cosine > Math.cos((4 / 180) * Math.PI), `normal ${Math.acos(cosine)} off`);
  }
  assert.ok(seen > 1000);
});

test('a box and the ground: depth along the axis and normals to the last digits of float32', () => {
  const scene = sceneOf([thing('crate', {shape: [0.5, 0.5, 0.5]})]); // 0.75 on a side
  const {owner, depth, normal} = drawScene(scene, {size});
  let [front, below] = [0, 0];
  for (const pixel of pixels) {
    const [x, y] = rayOf(scene, size, pixel);
    const at = [3 - 0.375, 0.5 / -y] as const; // of the front side, of the ground
    const onFront = Math.abs(x) * at[0] < 0.374 && y * at[0] < 0.249 && y * at[0] > -0.499;
    if (onFront) {
      front++;
      assert.equal(owner[pixel], 0);
      assert.ok(Math.abs(depth[pixel]! - at[0]) < 1e-6);
      assert.deepEqual(
        [0, 1, 2].map(axis => Math.round(normal[3 * pixel + axis]! * 1e6) + 0),
        [0, 0, -1e6],
      );
    } else if (owner[pixel] === owners.ground) {
      below++;
      assert.ok(Math.abs(depth[pixel]! / at[1] - 1) < 1e-6);
      assert.ok(Math.abs(normal[3 * pixel + 1]! - 1) < 1e-6);
    }
    if (owner[pixel] === owners.sky) assert.equal(depth[pixel], Infinity);
  }
  assert.ok(front > 500 && below > 500, `${front} ${below}`);
});

test('what is behind something else is not seen, whatever the order of the objects', () => {
  const [box, ball] = [thing('crate'), thing('ball', {at: [0, -1.5], scale: 0.5, shape: [0]})].map((object, i) => ({
    ...object,
    shape: i === 0 ? [1, 1, 1] : [0],
  }));
  const counts = (objects: Scene['objects']) => {
    const {owner} = drawScene(sceneOf([...objects]), {size});
    return objects.map((_, i) => owner.filter(value => value === i).length);
  };
  assert.ok(counts([box!, ball!])[0]! > 1000);
  assert.equal(counts([box!, ball!])[1], 0);
  assert.equal(counts([ball!, box!])[0], 0);
  assert.ok(counts([box!, {...ball!, at: [0, 1]}])[1]! > 20);
});

test('no seams: within a room nothing lets the sky through', () => {
  for (let seed = 0; seed < 60; seed++) {
    const {camera, ...rest} = randomScene(seed, {textures: 0});
    const scene = {...rest, camera: {...camera, distance: 2.5 + 0.01 * seed}, walls: gray};
    const {owner, depth} = drawScene(scene, {size: 64});
    for (const [pixel, value] of owner.entries()) {
      if (value !== owners.sky) continue;
      // then its ray leaves over a wall: at 45° and less above the horizon it cannot from the middle
      const [, y] = rayOf(scene, 64, pixel);
      const steepest = (wallHeight - 1.5) / (2 * Math.SQRT2 * groundHalf);
      const elevation = Math.atan(y) - 2 * Math.PI * camera.elevation;
      assert.ok(Math.tan(elevation) > steepest / 2, `seed ${seed}, pixel ${pixel}`);
    }
    assert.ok(depth.every(value => value > 0));
  }
});

test('the ground under an object is in its shadow, on the side away from the sun', () => {
  // the sun stands at the right, so the shadow lies at the left
  const light = {around: 0, elevation: 0.125};
  const camera = {target: [0, 0, 0], distance: 3, around: 0.25, elevation: 0.12, focal: 2} as const;
  const bare = drawScene(sceneOf([thing('ball', {at: [4, 4], shape: [0]})], {light, camera}), {size});
  const shaded = drawScene(sceneOf([thing('ball', {shape: [0.5]})], {light, camera}), {size});
  // ground that is not at the border of the ball itself
  const onGround = pixels.filter(
    pixel =>
      shaded.owner[pixel] === owners.ground && [1, -1, size, -size].every(step => shaded.owner[pixel + step] !== 0),
  );
  const change = (pixel: number) => shaded.image[3 * pixel]! - bare.image[3 * pixel]!;
  const darker = onGround.filter(pixel => change(pixel) < 0);
  assert.ok(darker.filter(pixel => change(pixel) < -40).length > 100);
  assert.ok(darker.every(pixel => pixel % size < size / 2 + 5));
  assert.deepEqual(
    onGround.filter(pixel => change(pixel) > 0),
    [],
  );
});

test('the same scene gives the same bytes, as an object and from its JSON, and on every machine', () => {
  const pattern = texture(
    Uint8Array.from({length: 16 * 16 * 3}, (_, i) => (i * 37) % 256),
    16,
  );
  const scene = randomScene(7, {textures: 1, objects: 4});
  const digest = (given: Scene) =>
    createHash('sha256')
      .update(drawScene(given, {size: 64, textures: [pattern]}).image)
      .digest('hex')
      .slice(0, 16);
  assert.equal(digest(scene), digest(JSON.parse(JSON.stringify(scene)) as Scene));
  assert.equal(digest(scene), '6bc273ca1d5d2971');
});

test('refused in one line: no such category, other proportions, a texture that is not there, a small size', () => {
  const draw = (scene: Scene, given = 32) => drawScene(scene, {size: given});
  assert.throws(
    () => draw(sceneOf([thing('teapot' as CategoryName)])),
    /^RangeError: drawScene: expected a category of ball, crate, .*, snowman, got 'teapot'$/,
  );
  assert.throws(
    () => draw(sceneOf([thing('mug', {shape: [0.5]})])),
    /^RangeError: drawScene: expected 3 proportions of a mug \(radius, height, slope of the wall\), got 1$/,
  );
  assert.throws(
    () => draw(sceneOf([thing('ball', {shape: [0]})], {ground: {...gray, texture: 3}})),
    /^RangeError: drawScene: expected a texture .* null, got 3$/,
  );
  for (const wrong of [15, 32.5, NaN])
    assert.throws(
      () => draw(sceneOf([]), wrong),
      new RegExp(`^RangeError: drawScene: expected a size of at least 16 whole pixels, got ${wrong}$`),
    );
});
