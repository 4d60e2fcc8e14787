// Our side: trains on some images of a case, an epoch a repetition. Argument: the case with
// `images`, how many of them, as JSON.

import {subset} from '../../../lib/datasets/subset';
import {openTraining, stepCount} from '../../../lib/training/training';
import {ownFacts} from './ownFacts';
import {benchmarkDataset, benchmarkTask, indicesOf, type Case} from './tasks';
import {turns} from './turns';

async function main(): Promise<void> {
  const {images, ...wanted} = JSON.parse(process.argv[2]!) as Case & {images: number};
  const task = benchmarkTask(wanted, subset(await benchmarkDataset(wanted), {pretrain: images}));
  const training = openTraining(task);
  const {stepsPerEpoch} = stepCount(task);
  const start = performance.now();
  await training.advance(indicesOf(0, task), {});
  const firstStepSeconds = (performance.now() - start) / 1000;
  await turns({...ownFacts(), firstStepSeconds}, async () => {
    for (let i = 0; i < stepsPerEpoch; i++) await training.advance(indicesOf(training.step, task), {});
  });
}

void main();
