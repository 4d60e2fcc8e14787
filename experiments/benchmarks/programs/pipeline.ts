// Our side of a whole pre-training: the project's own loop, with its random order, a step a
// repetition. Argument: the case as JSON.

import {count} from '../../../lib/engine/params';
import {train} from '../../../lib/training/train';
import {openTraining} from '../../../lib/training/training';
import {ownFacts} from './ownFacts';
import {benchmarkDataset, benchmarkTask, type Case} from './tasks';
import {turns} from './turns';

async function main(): Promise<void> {
  const wanted = JSON.parse(process.argv[2]!) as Case;
  const task = benchmarkTask(wanted, await benchmarkDataset(wanted));
  const training = openTraining(task);
  const events = train(task, training);
  const start = performance.now();
  for (let i = 0; i < 3; i++) await events.next();
  const firstStepsSeconds = (performance.now() - start) / 1000;
  const {params} = training.read();
  await turns({...ownFacts(), parameters: count(params), firstStepsSeconds}, async () => {
    await events.next();
  });
}

void main();
