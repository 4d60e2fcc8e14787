// Our side: trains a case, a step a repetition. Argument: the case as JSON.

import {count} from '../../../lib/engine/params';
import {openTraining} from '../../../lib/training/training';
import {ownFacts} from './ownFacts';
import {benchmarkDataset, benchmarkTask, indicesOf, type Case} from './tasks';
import {turns} from './turns';

async function main(): Promise<void> {
  const wanted = JSON.parse(process.argv[2]!) as Case;
  const task = benchmarkTask(wanted, await benchmarkDataset(wanted));
  const training = openTraining(task);
  const work = async () => {
    const {loss} = await training.advance(indicesOf(training.step, task), {});
    if (!Number.isFinite(loss))
      throw new Error(`training: expected a finite loss, got ${loss} after step ${training.step}`);
  };
  const start = performance.now();
  for (let i = 0; i < 3; i++) await work();
  const firstStepsSeconds = (performance.now() - start) / 1000;
  const {params} = training.read();
  await turns({...ownFacts(), parameters: count(params), firstStepsSeconds}, work);
}

void main();
