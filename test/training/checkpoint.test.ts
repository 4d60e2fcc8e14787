import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {test} from 'node:test';
import {smallConv} from '../../lib/backbones/smallConv';
import {tf} from '../../lib/engine/tf';
import {simclr} from '../../lib/methods/contrastive/simclr';
import {leaves} from '../../lib/params';
import {adamW} from '../../lib/training/adamW';
import {loadCheckpoint, saveCheckpoint} from '../../lib/training/checkpoint';
import {sgd} from '../../lib/training/sgd';
import {writeSafetensors} from '../../lib/training/safetensors';
import {disposeTraining, initialState} from '../../lib/training/train';

const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'checkpoint-')), 'checkpoint.safetensors');
const begin = ({width = 16, projector = [8], seed = 0, optimizer = adamW()} = {}) => initialState({method: simclr({backbone: smallConv({width}), projector}), optimizer, seed});
const values = ({params, slots}: ReturnType<typeof begin>) => leaves({params, slots}).map(([name, tensor]) => [name, ...tensor.dataSync()]);

test('what was saved is loaded in the place of what was there; no tensor is left', async () => {
  const saved = begin({seed: 1});
  saved.step = 7;
  await saveCheckpoint(file, saved);
  const other = begin({seed: 2});
  assert.notDeepEqual(values(other), values(saved));
  const before = tf.memory().numTensors;
  await loadCheckpoint(file, other);
  assert.deepEqual(values(other), values(saved));
  assert.equal(other.step, 7);
  assert.equal(tf.memory().numTensors, before);
  disposeTraining(saved);
  disposeTraining(other);
});

test('a checkpoint of another architecture or optimizer is refused; the first differing tensor is named, and nothing changes', async () => {
  const saved = begin();
  await saveCheckpoint(file, saved);
  const refused = async (options: Parameters<typeof begin>[0], message: RegExp) => {
    const training = begin(options);
    const [before, count] = [values(training), tf.memory().numTensors];
    await assert.rejects(loadCheckpoint(file, training), message);
    assert.deepEqual(values(training), before);
    assert.equal(tf.memory().numTensors, count);
    disposeTraining(training);
  };
  await refused({width: 32}, /^RangeError: loadCheckpoint: expected params\.backbone\.bn1\.bias of shape \[8\], got \[4\] in .*: the checkpoint is of another method, backbone or optimizer/);
  await refused({projector: [8, 8]}, /^RangeError: loadCheckpoint: expected a tensor params\.projector\.bn1\.bias \[8\], .* has none/);
  await refused({projector: []}, /^RangeError: loadCheckpoint: expected no tensor params\.projector\.linear1\.bias, but .* has one/);
  await refused({optimizer: sgd()}, /^RangeError: loadCheckpoint: expected a tensor slots\.velocity\.backbone/);
  disposeTraining(saved);
});

test('a safetensors file that is no checkpoint is refused', async () => {
  const training = begin();
  const {params, state, slots} = training;
  await writeSafetensors(file, {params, state, slots});
  await assert.rejects(loadCheckpoint(file, training), /^RangeError: loadCheckpoint: expected the step among the metadata .*: it is no checkpoint of a training/);
  disposeTraining(training);
});
