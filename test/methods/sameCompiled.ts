// Asserts that a compiled training of a method gives the numbers of the same training run eagerly, and that neither holds more tensors with every step.

import assert from 'node:assert/strict';
import {tf} from '../../lib/engine/tf';
import type {Method, Params, Source} from '../../lib/module';
import {leaves} from '../../lib/params';
import {constant} from '../../lib/schedules';
import {sgd} from '../../lib/training/sgd';
import {train} from '../../lib/training/train';
import {disposeState, openTraining} from '../../lib/training/training';
import {compose} from '../../lib/views/compose';
import {randomFlip} from '../../lib/views/flip';
import {normalize} from '../../lib/views/normalize';
import type {Recipe} from '../../lib/views/recipe';
import {twoViews, type TwoViews} from '../../lib/views/twoViews';
import {close} from '../close';
import {tinyDataset} from '../studies/tinyDataset';

export const dataset = tinyDataset(16);
const view = compose({flip: randomFlip(), normalize: normalize(dataset)});
/** Cheap: what views do in a compiled step is tested in test/training/compiled.test.ts. */
export const recipe: Recipe = {first: view, second: view};

/**
 * Step 1 to 1e-5, all steps to 1e-4, parameters and state to 1e-3.
 *
 * @param rate Small, for large steps make a difference in the last digit grow: smaller where two eager trainings, one from weights that differ by 1e-7, would not pass either.
 */
export async function sameCompiled<P extends Params, S extends Params, O extends Params, Batch = TwoViews>(method: Method<Batch, P, S, O>,
  {source: open = () => twoViews({dataset, recipe}) as unknown as Source<Batch>, rate = 1e-3, steps = 20} = {}): Promise<void> {
  const trained = async (eager: boolean) => {
    const source = open();
    const task = {method, source, optimizer: sgd(), schedule: constant(rate), epochs: 20, batch: 16, seed: 4};
    const training = openTraining(task, {eager});
    const losses: number[] = [], held: number[] = [];
    for await (const {loss} of train(task, training)) {
      held.push(tf.memory().numTensors);
      if (losses.push(loss) === steps) break;
    }
    assert.deepEqual([...new Set(held.slice(1))], [held[1]], `tensors held after each ${eager ? 'eager' : 'compiled'} step: ${held.join(' ')}`);
    const state = training.read();
    const values = leaves({params: state.params, state: state.state}).flatMap(([, tensor]: [string, tf.Tensor]) => [...tensor.dataSync()]);
    disposeState(state);
    training.dispose();
    source.dispose();
    return {losses, values};
  };
  const [graph, eager] = [await trained(false), await trained(true)];
  close(graph.losses.slice(0, 1), eager.losses.slice(0, 1), 1e-5);
  close(graph.losses, eager.losses, 1e-4);
  close(graph.values, eager.values, 1e-3);
}
