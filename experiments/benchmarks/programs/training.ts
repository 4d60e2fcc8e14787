// Our side: trains a case, a step a repetition. Argument: the case as JSON.

import {compile} from '../../../lib/engine/compile';
import {valueAndGradients} from '../../../lib/engine/gradients';
import {fold, key} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import {count} from '../../../lib/params';
import {provenance} from '../../../lib/training/provenance';
import {benchmarkTask, indicesOf, settings, type Case} from './tasks';
import {turns} from './turns';

async function main(): Promise<void> {
  const wanted = JSON.parse(process.argv[2]!) as Case;
  const task = await benchmarkTask(wanted);
  const params = task.method.init(key(0));
  const state = {params, slots: task.optimizer.init(params)};
  const compiled = compile<typeof state, {indices: tf.Tensor1D; index: tf.Scalar}, {loss: tf.Scalar}>(({params, slots}, {indices, index}) => {
    const own = fold(key(1), index);
    const step = {key: own, index, progress: tf.scalar(0), stepsPerEpoch: 1, epochs: 1};
    const batch = task.batch(indices, own);
    const {loss, gradients} = valueAndGradients(params => task.method.loss(params, batch, {}, step), params);
    const updated = task.optimizer.update(params, gradients, slots, {rate: settings.rate, step});
    return {state: updated, outputs: {loss}};
  }, state, {indices: {dtype: 'int32', shape: [wanted.batch]}, index: {dtype: 'int32', shape: []}}, {holds: {store: task.store}});

  let i = 0;
  const work = (): number => {
    const [indices, index] = [tf.tensor1d(indicesOf(i, task, wanted), 'int32'), tf.scalar(i, 'int32')];
    const {loss} = compiled.run({indices, index});
    const value = loss.dataSync()[0]!;
    tf.dispose([indices, index, loss]);
    i++;
    return value;
  };
  const start = performance.now();
  for (let j = 0; j < 3; j++) work();
  await turns({...provenance(), parameters: count(params), samples: task.size, firstStepsSeconds: (performance.now() - start) / 1000}, () => {
    const loss = work();
    if (!Number.isFinite(loss)) throw new Error(`training: expected a finite loss, got ${loss} at step ${i}`);
  });
}

void main();
