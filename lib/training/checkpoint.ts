// Saves where a training stands to one safetensors file, and continues from there exactly.

import {check} from '../check';
import {tf} from '../engine/tf';
import type {Params} from '../module';
import {fromLeaves, leaves} from '../engine/params';
import {readSafetensors, writeSafetensors} from '../datasets/files/safetensors';
import {disposeState, type Plan, type Training, type TrainingState} from './training';

/** All tensors of a training as one tree: `params.…`, `state.…`, `slots.…`. */
const tree = ({params, state, slots}: TrainingState) => ({params, state, slots});

/**
 * Writes parameters, method state, optimizer state, step and plan. The file is whole or the earlier
 * one stays; order and views follow from the seed and the step.
 *
 * @throws RangeError naming a tensor that holds NaN or infinity; the earlier file stays.
 */
export async function saveCheckpoint(path: string, training: Pick<Training, 'read' | 'plan'>): Promise<void> {
  const state = training.read();
  try {
    const broken = leaves(tree(state)).find(([, tensor]) => tensor.dtype === 'float32' && !finite(tensor));
    check(
      !broken,
      'saveCheckpoint',
      `expected numbers in ${broken?.[0]} after step ${state.step}, got NaN or infinity; the checkpoint ` +
        'before it stays: lower the learning rate or raise the temperature',
    );
    await writeSafetensors(path, tree(state), {step: String(state.step), ...written(training.plan)});
  } finally {
    disposeState(state);
  }
}

/** As the file's metadata: text. */
const written = (plan: Plan) => Object.fromEntries(Object.entries(plan).map(([name, value]) => [name, String(value)]));

const finite = (tensor: tf.Tensor) => tf.tidy(() => tensor.isFinite().all().dataSync()[0] === 1);

/**
 * Puts `training` where the checkpoint was; it must be of the same method, backbone, optimizer and
 * plan.
 *
 * @throws RangeError that names the first tensor that is missing, unexpected or of another shape,
 * or says how the plans differ (samples, batch, epochs, seed); `training` is then unchanged.
 */
export async function loadCheckpoint<P extends Params, S extends Params>(
  path: string,
  training: Pick<Training<P, S>, 'read' | 'write' | 'plan'>,
): Promise<void> {
  const {tensors, metadata} = await readSafetensors(path);
  const current = training.read();
  try {
    const expected = leaves(tree(current));
    const advice = 'the checkpoint is of another method, backbone or optimizer';
    for (const [name, tensor] of expected) {
      const saved = tensors.get(name);
      check(
        saved !== undefined,
        'loadCheckpoint',
        `expected a tensor ${name} [${tensor.shape}], ${path} has none: ${advice}`,
      );
      check(
        String(saved.shape) === String(tensor.shape),
        'loadCheckpoint',
        `expected ${name} of shape [${tensor.shape}], got [${saved.shape}] in ${path}: ${advice}`,
      );
    }
    const names = new Set(expected.map(([name]) => name));
    const unexpected = [...tensors.keys()].sort().find(name => !names.has(name));
    check(
      unexpected === undefined,
      'loadCheckpoint',
      `expected no tensor ${unexpected}, but ${path} has one: ${advice}`,
    );
    const step = Number(metadata.step);
    check(
      Number.isInteger(step) && step >= 0,
      'loadCheckpoint',
      `expected the step among the metadata of ${path}, got ${metadata.step}: it is no checkpoint of a training`,
    );
    const differ = Object.entries(written(training.plan)).filter(([name, value]) => metadata[name] !== value);
    check(
      differ.length === 0,
      'loadCheckpoint',
      `expected ${differ.map(([name, value]) => `${name} ${value}`).join(', ')}, got ` +
        `${differ.map(([name]) => `${name} ${metadata[name] ?? 'unknown'}`).join(', ')} in ${path}: ` +
        'open the training with what the checkpoint has, or begin another one from its weights with write, at step 0',
    );
    training.write({
      ...(fromLeaves(
        tree(current),
        expected.map(([name]) => tensors.get(name)!),
      ) as TrainingState<P, S>),
      step,
    });
  } finally {
    disposeState(current);
    tf.dispose([...tensors.values()]);
  }
}
