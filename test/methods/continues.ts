// Asserts that a training that is stopped, saved and continued from the file ends in the same
// numbers, and that no tensor is left.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type {tf} from '../../lib/engine/tf';
import type {Params} from '../../lib/module';
import {leaves} from '../../lib/engine/params';
import {loadCheckpoint, saveCheckpoint} from '../../lib/training/checkpoint';
import {train} from '../../lib/training/train';
import {disposeState, openTraining, type Task} from '../../lib/training/training';
import {flat} from '../flat';

/** Losses of all steps, and parameters and state at the end by their dotted names. */
export type Ended = {losses: number[]; values: Record<string, tf.TypedArray>};

/**
 * @param stops Numbers of steps after which the training is saved, and continued from the file.
 * @returns How the training ends.
 */
export async function continuesExactly<Batch, P extends Params, S extends Params, O extends Params>(
  task: Task<Batch, P, S, O>,
  stops: number[],
): Promise<Ended> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'continues-'));
  try {
    return await flat(async () => {
      const whole = await ended(task);
      for (const stop of stops)
        assert.deepEqual(await ended(task, {stop, file: path.join(folder, `${stop}.safetensors`)}), whole);
      return whole;
    });
  } finally {
    fs.rmSync(folder, {recursive: true});
  }
}

async function ended<Batch, P extends Params, S extends Params, O extends Params>(
  task: Task<Batch, P, S, O>,
  saved?: {stop: number; file: string},
): Promise<Ended> {
  let training = openTraining(task);
  const losses: number[] = [];
  for await (const {loss} of train(task, training)) if (losses.push(loss) === saved?.stop) break;
  if (saved) {
    await saveCheckpoint(saved.file, training);
    training.dispose();
    training = openTraining(task);
    await loadCheckpoint(saved.file, training);
    for await (const {loss} of train(task, training)) losses.push(loss);
  }
  const end = training.read();
  const values = Object.fromEntries(
    leaves({params: end.params, state: end.state}).map(([name, tensor]) => [name, tensor.dataSync()]),
  );
  disposeState(end);
  training.dispose();
  return {losses, values};
}
