import assert from 'node:assert/strict';
import {test} from 'node:test';
import {smallConv} from '../../../lib/backbones/smallConv';
import {range} from '../../../lib/datasets/dataset';
import {tf} from '../../../lib/engine/tf';
import {embedSplits} from '../../../lib/evaluation/evaluateEncoder';
import {linearProbe} from '../../../lib/evaluation/linearProbe';
import {simclr} from '../../../lib/methods/contrastive/simclr';
import {linearTeacher, simclrDistillation} from '../../../lib/methods/distillation/simclrDistillation';
import type {Params} from '../../../lib/module';
import {adamW} from '../../../lib/training/adamW';
import {encoderOf} from '../../../lib/embedding/encoderOf';
import {constant} from '../../../lib/schedules';
import {train} from '../../../lib/training/train';
import {initialState, openTraining} from '../../../lib/training/training';
import {normalize} from '../../../lib/views/normalize';
import {oneView} from '../../../lib/views/sources/oneView';
import {simclrViews} from '../../../lib/views/recipes/simclr';
import {close} from '../../close';
import {tinyDataset} from '../../study/tinyDataset';

test('a student learns the classes of an encoder with its linear probe, without labels of its own', async () => {
  const dataset = tinyDataset();
  const backbone = smallConv({width: 32});
  const method = simclr({backbone, projector: [16]});
  const {encoder, params, statistics} = await encoderOf(
    method,
    {read: () => initialState({method, optimizer: adamW(), seed: 0})},
    dataset,
  );
  const splits = await embedSplits(encoder, dataset);
  const features = ({embedding, labels}: {embedding: tf.Tensor2D; labels: Int32Array}) => ({
    features: embedding,
    labels,
  });
  const {classifier, predictions, accuracy} = await linearProbe(
    features(splits.train),
    features(splits.validation),
    features(splits.test),
  );
  assert.ok(accuracy > 0.9, `the teacher reaches ${accuracy}`);
  const teacher = linearTeacher({
    backbone,
    params: params.backbone,
    statistics: statistics.backbone as Params,
    classifier: {weight: tf.tensor2d(classifier.weight, [4, 32]), bias: tf.tensor1d(classifier.bias)},
  });

  const images = tf.tidy(() =>
    normalize(dataset)(tf.tensor4d(Float32Array.from(dataset.images.subarray(160 * 768)), [40, 16, 16, 3]).div(255)),
  );
  // the probe's own answers, on features that nobody standardized
  assert.deepEqual([...teacher.logits(teacher.params, images).argMax(1).dataSync()], [...predictions]);

  const student = simclrDistillation({backbone: smallConv({width: 16}), classes: 4, teacher});
  const task = {
    method: student,
    source: oneView({
      dataset,
      recipe: simclrViews({
        size: 16,
        mean: dataset.mean,
        standardDeviation: dataset.standardDeviation,
        strength: 0,
        area: [0.8, 1],
      }),
    }),
    optimizer: adamW(),
    schedule: constant(1e-2),
    epochs: 8,
    batch: 32,
    seed: 0,
  };
  const training = openTraining(task);
  const losses: number[] = [];
  for await (const {loss} of train(task, training)) losses.push(loss);
  const {state} = training.read();
  // does not move
  close((state.teacher.classifier as {bias: tf.Tensor}).bias.dataSync(), classifier.bias, 0);
  const learned = await encoderOf(student, training, dataset);
  const right = learned
    .encoder(images)
    .projection!.argMax(1)
    .dataSync()
    .filter((label, i) => label === dataset.labels[range(160, 200)[i]!]).length;
  assert.ok(right >= 36, `${right} of 40; loss from ${losses[0]} to ${losses.at(-1)}`);
  learned.dispose();
  training.dispose();
  task.source.dispose();
});
