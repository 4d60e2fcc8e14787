// Numbers of torch for SimSiam, BYOL, MoCo v3 and their relatives, see
// test/reference/negativeFreeMethods.py, and the weights and views that both languages make by
// themselves.

import fs from 'node:fs';
import path from 'node:path';
import {valueAndGradients} from '../../../lib/engine/gradients';
import {key} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import {unit} from '../../../lib/layers/unit';
import type {SiameseOutputs, SiameseParams, SiameseState} from '../../../lib/methods/parts/siamese';
import type {Method, Params, Step} from '../../../lib/module';
import {leaves, map} from '../../../lib/engine/params';
import type {TwoViews} from '../../../lib/views/sources/twoViews';
import {close} from '../../close';
import {hashed} from '../../reference/hashed';
import {flatten} from '../contrastive/flatten';

type Case = {loss: number; gradients: Record<string, number[]>; distance?: number};

export const reference = JSON.parse(
  fs.readFileSync(path.join(__dirname, '../../reference/negativeFreeMethods.json'), 'utf8'),
) as {negativeCosine: number; cases: Record<string, Case>};

export type Siamese = Method<TwoViews, SiameseParams, SiameseState, SiameseOutputs>;

/** What a backbone of the reference gives: the values of an image. */
export const backbone = flatten(12);

export const stepAt = (progress = 0): Step => ({
  key: key(0),
  index: tf.scalar(0, 'int32'),
  progress: tf.scalar(progress),
  stepsPerEpoch: 1,
  epochs: 1,
});

const view = (name: string) => tf.tensor4d(hashed(name, [6, 2, 2, 3]), [6, 2, 2, 3]);
export const batch = (): TwoViews => ({
  first: view('first'),
  second: view('second'),
  index: tf.range(0, 6, 1, 'int32'),
});

const filled = <P extends Params>(tree: P, prefix = ''): P =>
  map(tree, ({shape}, name) =>
    tf.tensor(
      hashed(prefix + name, shape, 0.5).map(v => (/\.bn\d\.weight$/.test(name) ? v + 1 : v)),
      shape,
    ),
  );

/** Weights of the student, and of the teacher where the method has one. */
export function weightsOf(method: Siamese): {params: SiameseParams; state: SiameseState} {
  const {prototypes, ...params} = filled(method.init(key(0)));
  const start = {...params, prototypes: map(prototypes, c => unit(c as tf.Tensor2D))};
  const {teacher} = method.initState?.(start, key(1)) ?? {};
  return {params: start, state: teacher ? {teacher: filled(teacher, 'teacher.')} : {}};
}

/** Loss, every gradient, and the teacher's distance must be torch's. */
export function equalsReference(method: Siamese, name: string): void {
  const {loss: expected, gradients: theirs, distance} = reference.cases[name]!;
  const {params, state} = weightsOf(method);
  const {loss, gradients, outputs} = valueAndGradients(
    weights => method.loss(weights, batch(), state, stepAt()),
    params,
  );
  close(loss.dataSync(), [expected], 1e-5);
  const own = Object.fromEntries(leaves(gradients).map(([leaf, gradient]) => [leaf, gradient]));
  if (Object.keys(own).join() !== Object.keys(theirs).join())
    throw new Error(`expected the parameters ${Object.keys(theirs)}, got ${Object.keys(own)}`);
  for (const [leaf, values] of Object.entries(theirs)) close(own[leaf]!.dataSync(), values, 1e-5);
  if (distance !== undefined) close(outputs.teacherDistance!.dataSync(), [distance], 1e-5);
}
