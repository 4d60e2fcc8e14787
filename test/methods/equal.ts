// Asserts that a method's compiled training gives the numbers of the same training run eagerly.

import {smallConv} from '../../lib/backbones/smallConv';
import type {Params} from '../../lib/module';
import {leaves} from '../../lib/params';
import {train} from '../../lib/training/train';
import {disposeState, openTraining, type Task} from '../../lib/training/training';
import {close} from '../close';

/** The smallest backbone that learns. */
export const tinyBackbone = () => smallConv({width: 16});

/** Losses of 20 steps, and what the parameters and the method's state are then. @param task A new one at each call. */
export async function compiledEqualsEager<Batch, P extends Params, S extends Params, O extends Params>(task: () => Task<Batch, P, S, O>): Promise<void> {
  const [graph, eager] = [await trained(task(), false), await trained(task(), true)];
  close(graph.losses.slice(0, 1), eager.losses.slice(0, 1), 1e-5);
  close(graph.losses, eager.losses, 1e-4);
  close(graph.values, eager.values, 1e-3);
}

async function trained<Batch, P extends Params, S extends Params, O extends Params>(task: Task<Batch, P, S, O>, eager: boolean) {
  const training = openTraining(task, {eager});
  const losses: number[] = [];
  for await (const {loss} of train(task, training)) if (losses.push(loss) === 20) break;
  const end = training.read();
  const values = leaves({params: end.params, state: end.state}).flatMap(([, tensor]) => [...tensor.dataSync()]);
  disposeState(end);
  training.dispose();
  task.source.dispose();
  return {losses, values};
}
