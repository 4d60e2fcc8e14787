import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {tiles} from '../../lib/views/tiles';
import {flat} from '../flat';

/** Each pixel is a number of its own, below and above the range of images. */
const numbered = (n: number, h: number, w: number) =>
  tf
    .range(0, n * h * w * 2)
    .sub(100)
    .reshape([n, h, w, 2]) as tf.Tensor4D;

/** Which 2×2 cell of the numbered images [2, 7, 8] a tile is cut from, and where in it. */
function placeOf(tile: number[]): {image: number; cell: number; top: number; left: number} {
  const pixel = (tile[0]! + 100) / 2;
  const [image, y, x] = [Math.floor(pixel / 56), Math.floor(pixel / 8) % 7, pixel % 8];
  return {image, cell: 2 * Math.floor(y / 3) + Math.floor(x / 4), top: y % 3, left: x % 4};
}

test('whole pixels of every cell once, each image in an order of its own, at places of their own', async () => {
  const images = numbered(2, 7, 8);
  const orders = new Set<string>();
  const tops = new Set<number>();
  const lefts = new Set<number>();
  for (let seed = 0; seed < 40; seed++) {
    const at = key(seed);
    const cut = await flat(() => tiles(images, at, {side: 2, size: 2}), 1);
    assert.deepEqual(cut.shape, [8, 2, 2, 2]);
    const values = cut.reshape([8, 8]).arraySync() as number[][];
    const places = values.map(placeOf);
    for (const image of [0, 1]) {
      const own = places.slice(4 * image, 4 * image + 4);
      assert.ok(own.every(place => place.image === image));
      assert.deepEqual(own.map(({cell}) => cell).sort(), [0, 1, 2, 3]);
      orders.add(own.map(({cell}) => cell).join(''));
    }
    for (const [tile, {top, left}] of values.map((own, i) => [own, places[i]!] as const)) {
      assert.deepEqual(
        tile.map(value => value - tile[0]!),
        [0, 1, 2, 3, 16, 17, 18, 19],
      ); // neighbors right and below
      tops.add(top);
      lefts.add(left);
    }
    tf.dispose([cut, at]);
  }
  assert.ok(orders.size > 20, `${orders.size} orders of 24`);
  assert.deepEqual(
    [[...tops].sort(), [...lefts].sort()],
    [
      [0, 1],
      [0, 1, 2],
    ],
  );
});

test('the key decides; by default nine tiles of three quarters of their cells', () => {
  const images = numbered(1, 32, 32);
  const [a, b, other] = [1, 1, 2].map(seed => tiles(images, key(seed)));
  assert.deepEqual(a!.shape, [9, 8, 8, 2]);
  assert.deepEqual(a!.dataSync(), b!.dataSync());
  assert.notDeepEqual(a!.dataSync(), other!.dataSync());
});

test('tiles that are larger than their cells, and half a tile a side, are refused', () => {
  assert.throws(
    () => tiles(numbered(1, 8, 9), key(0), {size: 3}),
    /^RangeError: tiles: expected tiles of 1 to 2 pixels for 3 a side of \[1,8,9,2\], got 3/,
  );
  assert.throws(
    () => tiles(numbered(1, 8, 8), key(0), {side: 1.5}),
    /^RangeError: tiles: expected side a whole number from 1, got 1.5/,
  );
});
