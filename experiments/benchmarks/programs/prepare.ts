// Writes what the peers start from: images, initial weights, one batch, and the first gradient on
// it; tells our first two losses on that batch. Theirs must equal these. Arguments: the case as
// JSON, the file to write.

import {imagesAt} from '../../../lib/datasets/dataset';
import {key} from '../../../lib/engine/random';
import {valueAndGradients} from '../../../lib/engine/gradients';
import {tf} from '../../../lib/engine/tf';
import {count, dispose, leaves} from '../../../lib/engine/params';
import {writeSafetensors, type Values} from '../../../lib/datasets/files/safetensors';
import {initialState} from '../../../lib/training/training';
import {benchmarkDataset, benchmarkTask, indicesOf, settings, type Case} from './tasks';

async function main(): Promise<void> {
  const wanted = JSON.parse(process.argv[2]!) as Case;
  const dataset = await benchmarkDataset(wanted);
  const task = benchmarkTask(wanted, dataset);
  const batch = tf.tidy(() => task.source.batch(tf.tensor1d(indicesOf(0, task), 'int32'), key(1), {}));
  let {params, slots} = initialState(task);
  const stored = new Map<string, Values>([
    ...values('params.', leaves(params)),
    ...values('batch.', Object.entries(batch)),
    ['images', await imagesOf(dataset)],
    ['mean', {shape: [3], values: Float32Array.from(dataset.mean)}],
    ['standardDeviation', {shape: [3], values: Float32Array.from(dataset.standardDeviation)}],
  ]);

  const losses: number[] = [];
  for (let i = 0; i < 2; i++) {
    const {loss, gradients, next} = tf.tidy(() => {
      const step = {key: key(1), index: tf.scalar(i, 'int32'), progress: tf.scalar(0), stepsPerEpoch: 1, epochs: 1};
      const found = valueAndGradients(weights => task.method.loss(weights, batch, {}, step), params);
      return {
        loss: found.loss,
        gradients: found.gradients,
        next: task.optimizer.update(params, found.gradients, slots, {rate: settings.rate, peak: settings.rate, step}),
      };
    });
    losses.push(loss.dataSync()[0]!);
    if (i === 0) values('gradients.', leaves(gradients)).forEach(([name, gradient]) => stored.set(name, gradient));
    [params, slots, gradients].forEach(dispose);
    ({params, slots} = next);
  }
  await writeSafetensors(process.argv[3]!, stored);
  const views = tf.tidy(() => {
    const {first, images} = task.source.batch(
      tf.range(0, wanted.objective === 'simclr' ? 2048 : wanted.batch, 1, 'int32'),
      key(2),
      {},
    );
    const {mean, variance} = tf.moments((first ?? images)!, [0, 1, 2]);
    return [mean, variance.sqrt()].map(moment => [...moment.dataSync()]);
  });
  console.log(JSON.stringify({settings, parameters: count(params), losses, views}));
}

const values = (prefix: string, tensors: [string, tf.Tensor][]): [string, Values][] =>
  tensors.map(([name, tensor]) => [prefix + name, {shape: tensor.shape, values: tensor.dataSync() as Float32Array}]);

/** Images of the pretrain split, as bytes. */
async function imagesOf(dataset: Awaited<ReturnType<typeof benchmarkDataset>>): Promise<Values> {
  const {
    shape: [, ...one],
    splits: {pretrain},
  } = dataset;
  return {shape: [pretrain.length, ...one], values: await imagesAt(dataset, pretrain)};
}

void main();
