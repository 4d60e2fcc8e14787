// Takes many small steps and tells, ten times on the way, how much memory the process has and how
// many tensors there are. Arguments: {case, steps} as JSON.

import {tf} from '../../../lib/engine/tf';
import {openTraining} from '../../../lib/training/training';
import type {MemorySample} from '../memory';
import {residentBytes} from '../load';
import {ownFacts} from './ownFacts';
import {benchmarkDataset, benchmarkTask, indicesOf, type Case} from './tasks';

async function main(): Promise<void> {
  const {case: wanted, steps} = JSON.parse(process.argv[2]!) as {case: Case; steps: number};
  const task = benchmarkTask(wanted, await benchmarkDataset(wanted));
  const training = openTraining(task);
  const samples: MemorySample[] = [];
  while (training.step < steps) {
    await training.advance(indicesOf(training.step, task), {});
    if (training.step % (steps / 10) === 0)
      samples.push({step: training.step, residentBytes: residentBytes(process.pid), tensors: tf.memory().numTensors});
  }
  console.log(JSON.stringify({facts: ownFacts(), samples}));
}

void main();
