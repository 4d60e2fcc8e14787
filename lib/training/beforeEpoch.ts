// What a method does on the host before an epoch: it sees parameters and state, may embed all
// samples, and the epoch begins with the state that it returns.

import {check} from '../check';
import type {Inputs} from '../engine/step';
import {fold, key} from '../engine/random';
import {tf} from '../engine/tf';
import {embed} from '../embedding/embed';
import type {EpochTools, Mode, Params, TrainingImages} from '../module';
import {dispose, map} from '../engine/params';
import {encoderOf} from '../embedding/encoderOf';
import {disposeState, stepCount, type Steps, type Training} from './training';

/**
 * Lets the task's method prepare the epoch whose first step comes next; where it has nothing to
 * prepare, does nothing. A training that is continued in the middle of an epoch finds what was
 * prepared in its state.
 *
 * @param training Between two epochs; its state is replaced when all is done, not before.
 * @throws The signal's reason; `training` is then unchanged.
 */
export async function beforeEpoch<Batch, P extends Params, S extends Params, O extends Params, I extends Inputs>(
  task: Steps<Batch, P, S, O, I>,
  training: Training<P, S, I>,
  {signal}: {signal?: AbortSignal} = {},
): Promise<void> {
  const {method, seed, epochs} = task;
  if (!method.beforeEpoch) return;
  const epoch = training.step / stepCount(task).stepsPerEpoch;
  const current = training.read();
  const keys = [key(seed)];
  for (const data of ['epoch', epoch]) keys.push(fold(keys.at(-1)!, data));
  try {
    const state = await method.beforeEpoch(current.params, current.state, {
      key: keys.at(-1)!,
      epoch,
      epochs,
      signal,
      embed: (apply, params) => embedSamples(task, apply, params, {signal}),
    });
    try {
      training.write({...current, state});
    } finally {
      dispose(state);
    }
  } finally {
    disposeState(current);
    tf.dispose(keys);
  }
}

async function embedSamples(
  {source: {samples}}: {source: {samples?: TrainingImages}},
  apply: Parameters<EpochTools['embed']>[0],
  params: Params,
  {signal}: {signal?: AbortSignal},
): Promise<tf.Tensor2D> {
  check(
    samples !== undefined,
    'train',
    'expected a source that knows the images behind its samples, for the method looks at all of them ' +
      'before an epoch; got one without `samples`',
  );
  const network = {
    embed: (own: Params, _state: {}, images: tf.Tensor4D, mode: Mode) => ({embedding: apply(own, images, mode)}),
  };
  const {encoder, dispose: release} = await encoderOf(
    network,
    {read: () => ({params: map(params, tensor => tensor.clone()), state: {}})},
    samples,
    {signal},
  );
  try {
    return (await embed(encoder, samples, samples.splits.pretrain, {signal})).embedding;
  } finally {
    release();
  }
}
