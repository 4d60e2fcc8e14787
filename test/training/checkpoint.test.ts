import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {test} from 'node:test';
import {smallConv} from '../../lib/backbones/smallConv';
import {tf} from '../../lib/engine/tf';
import {simclr} from '../../lib/methods/contrastive/simclr';
import {fromLeaves, leaves} from '../../lib/engine/params';
import {adamW} from '../../lib/training/adamW';
import {loadCheckpoint, saveCheckpoint} from '../../lib/training/checkpoint';
import {sgd} from '../../lib/training/sgd';
import {writeSafetensors} from '../../lib/datasets/files/safetensors';
import {constant} from '../../lib/schedules';
import {disposeState, openTraining} from '../../lib/training/training';
import type {TwoViews} from '../../lib/views/sources/twoViews';
import type {Source} from '../../lib/module';

const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'checkpoint-')), 'checkpoint.safetensors');
const nothing = (size: number): Source<TwoViews> => ({
  size,
  batch: () => assert.fail('no step is taken'),
  dispose() {},
});
const begin = ({width = 16, projector = [8], seed = 0, optimizer = adamW(), size = 16, batch = 8, epochs = 1} = {}) =>
  openTraining({
    method: simclr({backbone: smallConv({width}), projector}),
    source: nothing(size),
    schedule: constant(0),
    epochs,
    batch,
    optimizer,
    seed,
  });

function values(training: ReturnType<typeof begin>): [string, ...number[]][] {
  const state = training.read();
  const {params, slots} = state;
  const result = leaves({params, slots}).map(([name, tensor]): [string, ...number[]] => [name, ...tensor.dataSync()]);
  disposeState(state);
  return result;
}

test('what was saved is loaded in the place of what was there; no tensor is left', async () => {
  const saved = begin({seed: 1});
  const seventh = {...saved.read(), step: 7};
  saved.write(seventh);
  disposeState(seventh);
  await saveCheckpoint(file, saved);
  const other = begin({seed: 1});
  const start = other.read();
  other.write({
    ...start,
    params: fromLeaves(
      start.params,
      leaves(start.params).map(([, tensor]) => tensor.add(1)),
    ),
  });
  assert.notDeepEqual(values(other), values(saved));
  const before = tf.memory().numTensors;
  await loadCheckpoint(file, other);
  assert.deepEqual(values(other), values(saved));
  assert.equal(other.step, 7);
  assert.equal(tf.memory().numTensors, before);
  saved.dispose();
  other.dispose();
});

test('refused: a checkpoint of another architecture or optimizer, with the first tensor; none changes', async () => {
  const saved = begin();
  await saveCheckpoint(file, saved);
  const refused = async (options: Parameters<typeof begin>[0], message: RegExp) => {
    const training = begin(options);
    const [before, count] = [values(training), tf.memory().numTensors];
    await assert.rejects(loadCheckpoint(file, training), message);
    assert.deepEqual(values(training), before);
    assert.equal(tf.memory().numTensors, count);
    training.dispose();
  };
  await refused(
    {width: 32},
    /^RangeError: loadCheckpoint: expected params\.backbone\.bn1\.bias of shape \[8\], got \[4\] in .*: the checkpoint is of another method, backbone or optimizer/,
  );
  await refused(
    {projector: [8, 8]},
    /^RangeError: loadCheckpoint: expected a tensor params\.projector\.bn1\.bias \[8\], .* has none/,
  );
  await refused(
    {projector: []},
    /^RangeError: loadCheckpoint: expected no tensor params\.projector\.linear1\.bias, but .* has one/,
  );
  await refused({optimizer: sgd()}, /^RangeError: loadCheckpoint: expected a tensor slots\.velocity\.backbone/);
  saved.dispose();
});

test('a checkpoint of another plan is refused in one line that says what differs and what to do', async () => {
  const saved = begin({batch: 4, epochs: 3});
  await saveCheckpoint(file, saved);
  const refused = async (options: Parameters<typeof begin>[0], expected: string, got: string) => {
    const training = begin({batch: 4, epochs: 3, ...options});
    const before = values(training);
    await assert.rejects(loadCheckpoint(file, training), {
      name: 'RangeError',
      message:
        `loadCheckpoint: expected ${expected}, got ${got} in ${file}: open the training with what the ` +
        'checkpoint has, or begin another one from its weights with write, at step 0',
    });
    assert.deepEqual(values(training), before);
    training.dispose();
  };
  await refused({batch: 8}, 'batch 8', 'batch 4');
  await refused({epochs: 2}, 'epochs 2', 'epochs 3');
  await refused({batch: 2, epochs: 6}, 'batch 2, epochs 6', 'batch 4, epochs 3');
  await refused({size: 12}, 'samples 12', 'samples 16');
  await refused({seed: 5}, 'seed 5', 'seed 0');
  saved.dispose();
});

test('a safetensors file that is no checkpoint is refused', async () => {
  const training = begin();
  const {params, state, slots} = training.read();
  await writeSafetensors(file, {params, state, slots});
  await assert.rejects(
    loadCheckpoint(file, training),
    /^RangeError: loadCheckpoint: expected the step among the metadata .*: it is no checkpoint of a training/,
  );
  training.dispose();
});

test('weights that are no numbers any more are not saved, and the checkpoint before them stays', async () => {
  const training = begin();
  await saveCheckpoint(file, training);
  const before = fs.readFileSync(file);
  const broken = training.read();
  const {weight} = (broken.params.projector as {linear1: {weight: tf.Tensor}}).linear1;
  (broken.params.projector as {linear1: {weight: tf.Tensor}}).linear1.weight = weight.mul(NaN);
  training.write({...broken, step: 3});
  await assert.rejects(
    saveCheckpoint(file, training),
    /^RangeError: saveCheckpoint: expected numbers in params\.projector\.linear1\.weight after step 3, got NaN or infinity; the checkpoint before it stays/,
  );
  assert.deepEqual(fs.readFileSync(file), before);
  weight.dispose();
  disposeState(broken);
  training.dispose();
});
