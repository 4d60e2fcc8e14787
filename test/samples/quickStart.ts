import {
  adamW,
  drawnEmoji,
  encoderOf,
  evaluateEncoder,
  follow,
  openTraining,
  simclr,
  simclrCifarViews,
  smallConv,
  train,
  twoViews,
  warmupCosine,
} from '../../lib/index';

export async function quickStart() {
  const dataset = await drawnEmoji({size: 32});
  const recipe = simclrCifarViews({mean: dataset.mean, standardDeviation: dataset.standardDeviation});
  const method = simclr({backbone: smallConv(), temperature: 0.3});
  const source = twoViews({dataset, recipe});
  const schedule = warmupCosine({peak: 3e-3, warmup: 0.1});
  const task = {method, source, optimizer: adamW(), schedule, epochs: 12, batch: 256, seed: 0};
  const training = openTraining(task);
  await follow(train(task, training)); // Interrupt stops it; `training` keeps the last whole step
  const {encoder} = await encoderOf(method, training, dataset);
  console.log((await evaluateEncoder(encoder, dataset)).accuracies);
}
