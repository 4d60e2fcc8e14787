// Asserts for a method what equal.ts asserts for a task, on a cheap data set.

import type {Method, Params, Source} from '../../lib/module';
import {constant} from '../../lib/schedules';
import {sgd} from '../../lib/training/sgd';
import {compose} from '../../lib/views/compose';
import {randomFlip} from '../../lib/views/flip';
import {normalize} from '../../lib/views/normalize';
import type {Recipe} from '../../lib/views/recipe';
import {twoViews, type TwoViews} from '../../lib/views/sources/twoViews';
import {tinyDataset} from '../study/tinyDataset';
import {compiledEqualsEager} from './equal';

export const dataset = tinyDataset(16);
const view = compose({flip: randomFlip(), normalize: normalize(dataset)});
/** Cheap: what views do in a compiled step is tested in test/training/compiled.test.ts. */
export const recipe: Recipe = {first: view, second: view};

/**
 * @param rate Small, for large steps make a difference in the last digit grow: smaller where two
 * eager trainings, one from weights that differ by 1e-7, would not pass either.
 */
export async function sameCompiled<P extends Params, S extends Params, O extends Params, Batch = TwoViews>(
  method: Method<Batch, P, S, O>,
  {source = () => twoViews({dataset, recipe}) as unknown as Source<Batch>, rate = 1e-3, steps = 10} = {},
): Promise<void> {
  await compiledEqualsEager(
    () => ({method, source: source(), optimizer: sgd(), schedule: constant(rate), epochs: 20, batch: 16, seed: 4}),
    steps,
  );
}
