import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import {unit} from '../../../lib/layers/unit';
import {memoryBank} from '../../../lib/methods/contrastive/memoryBank';
import {close} from '../../close';
import {flat} from '../../flat';

const memory = memoryBank('test', {size: 4, momentum: 0.25});
const index = tf.tensor1d([2, 0], 'int32');
const rows = unit(
  tf.tensor2d([
    [3, 4],
    [0, -2],
  ]),
);

test('cosines with the own entry, and with all others in their order', async () => {
  const bank = tf.tensor2d([
    [1, 0],
    [0, 1],
    [-1, 0],
    [0, -1],
  ]);
  const {positive, negatives} = await flat(() => memory.similarities(bank, rows, index), 2);
  close(positive.dataSync(), [-0.6, 0], 1e-6);
  close(negatives.dataSync(), [0.6, 0.8, -0.8, -1, 0, 1], 1e-6);
});

test('entries move by a share and stay of length 1; others and the old bank stay', async () => {
  const bank = tf.tensor2d([
    [1, 0],
    [0, 1],
    [-1, 0],
    [0, -1],
  ]);
  const after = await flat(() => memory.moved(bank, rows, index), 1);
  const [x, y] = [-0.25 + 0.75 * 0.6, 0.75 * 0.8];
  const [u, v] = [0.25, -0.75];
  close(
    after.dataSync(),
    [u / Math.hypot(u, v), v / Math.hypot(u, v), 0, 1, x / Math.hypot(x, y), y / Math.hypot(x, y), 0, -1],
    1e-6,
  );
  close(bank.dataSync(), [1, 0, 0, 1, -1, 0, 0, -1], 0);
});

test('starts as different unit rows, which the key decides', async () => {
  const at = key(3);
  const first = await flat(() => memory.init(at, 8), 1);
  close(first.norm('euclidean', 1).dataSync(), Array(4).fill(1), 1e-5);
  assert.deepEqual(memory.init(key(3), 8).dataSync(), first.dataSync());
  assert.notDeepEqual(memory.init(key(4), 8).dataSync(), first.dataSync());
});

test('a bank of one image and a momentum of 1 are refused, in the name of the method', () => {
  assert.throws(
    () => memoryBank('pirl', {size: 1, momentum: 0.5}),
    /^RangeError: pirl: expected the number of images, at least 2, got 1/,
  );
  assert.throws(
    () => memoryBank('pirl', {size: 4, momentum: 1}),
    /^RangeError: pirl: expected momentum from 0 to below 1, got 1/,
  );
});
