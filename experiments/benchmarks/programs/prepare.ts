// Writes what the peers start from: images, initial weights, one batch; and our first losses on that batch, step by step, which theirs must equal.
// Arguments: the case as JSON, the file to write.

import {valueAndGradients} from '../../../lib/engine/gradients';
import {fold, key} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import {count, dispose, leaves} from '../../../lib/params';
import {writeSafetensors, type Values} from '../../../lib/training/safetensors';
import {benchmarkTask, indicesOf, settings, type Case} from './tasks';

async function main(): Promise<void> {
  const wanted = JSON.parse(process.argv[2]!) as Case;
  const task = await benchmarkTask(wanted);
  const batch = tf.tidy(() => task.batch(tf.tensor1d(indicesOf(0, task, wanted), 'int32'), fold(key(1), 0)));
  let params = task.method.init(key(0));
  const values = (prefix: string, tensors: [string, tf.Tensor][]): [string, Values][] =>
    tensors.map(([name, tensor]) => [prefix + name, {shape: tensor.shape, values: tensor.dataSync() as Float32Array}]);
  const {values: images, shape, mean, standardDeviation} = task.images;
  await writeSafetensors(process.argv[3]!, new Map<string, Values>([
    ...values('params.', leaves(params)), ...values('batch.', Object.entries(batch)), ['images', {shape, values: images}],
    ['mean', {shape: [3], values: Float32Array.from(mean)}], ['standardDeviation', {shape: [3], values: Float32Array.from(standardDeviation)}],
  ]));

  const losses: number[] = [];
  let slots = task.optimizer.init(params);
  for (let i = 0; i < 3; i++) {
    const {loss, next} = tf.tidy(() => {
      const step = {key: key(1), index: tf.scalar(i, 'int32'), progress: tf.scalar(0), stepsPerEpoch: 1, epochs: 1};
      const {loss, gradients} = valueAndGradients(params => task.method.loss(params, batch, {}, step), params);
      return {loss, next: task.optimizer.update(params, gradients, slots, {rate: settings.rate, step})};
    });
    losses.push(loss.dataSync()[0]!);
    [params, slots].forEach(dispose);
    ({params, slots} = next);
  }
  console.log(JSON.stringify({settings, parameters: count(params), losses}));
}

void main();
