// Two encoders, one for each of two views that have not the same channels; what they make of an
// image is one embedding. Tian et al. 2020 (CMC), "Contrastive Multiview Coding", arXiv:1906.05849;
// HobbitLong/CMC, models/alexnet.py and resnet.py.

import {fold} from '../../engine/random';
import {tf} from '../../engine/tf';
import {mlp} from '../../layers/mlp';
import {inside, type Backbone, type Key, type Mode, type Params} from '../../module';
import type {ViewPair} from '../../views/viewPair';
import {projected, type Projected} from '../parts/projected';

/** Options of {@link pairEncoders}. */
export interface PairEncodersOptions {
  /**
   * The encoder of a view of so many channels: CMC's have half the channels of the usual network
   * each, so that both together are as wide as one.
   */
  backbone(channels: number): Backbone;
  /**
   * Widths of each projector's layers after its backbone's own.
   * @default [128], CMC's single layer
   */
  projector?: number[];
}

export type PairParams = {backbone: {first: Params; second: Params}; projector: {first: Params; second: Params}};
export type Pair<T> = {first: T; second: T};

export interface PairEncoders {
  init(key: Key): PairParams;
  /** What each encoder makes of its view. */
  apply(params: PairParams, views: Pair<tf.Tensor4D>, mode: Mode): Pair<Projected>;
  /**
   * Both side by side: embeddings [n, both widths], projections [n, 2d]; see {@link
   * projectionPair}.
   */
  embed(params: PairParams, views: Pair<tf.Tensor4D>, mode: Mode): Projected;
  /** d. */
  width: number;
}

const sides = ['first', 'second'] as const;

export function pairEncoders(
  {channels}: Pick<ViewPair, 'channels'>,
  {backbone, projector = [128]}: PairEncodersOptions,
): PairEncoders {
  const encoderOf = (count: number) => {
    const f = backbone(count);
    return projected(f, mlp([f.width, ...projector]));
  };
  const encoders = {first: encoderOf(channels[0]), second: encoderOf(channels[1])};
  const apply: PairEncoders['apply'] = (params, views, mode) => {
    const of = (side: (typeof sides)[number]) =>
      encoders[side].apply(
        {backbone: params.backbone[side], projector: params.projector[side]},
        views[side],
        within(mode, side),
      );
    return {first: of('first'), second: of('second')};
  };
  return {
    width: encoders.first.width,
    init(key) {
      const [first, second] = sides.map(side => encoders[side].init(fold(key, side)));
      return {
        backbone: {first: first!.backbone, second: second!.backbone},
        projector: {first: first!.projector, second: second!.projector},
      };
    },
    apply,
    embed(params, views, mode) {
      const {first, second} = apply(params, views, mode);
      return {
        embedding: tf.concat([first.embedding, second.embedding], 1),
        projection: tf.concat([first.projection, second.projection], 1),
      };
    },
  };
}

/**
 * What two encoders said of each image, apart again.
 * @param projection [n, 2d].
 * @returns [n, d] each.
 */
export function projectionPair(projection: tf.Tensor2D): Pair<tf.Tensor2D> {
  const [first, second] = tf.split(projection, 2, 1) as [tf.Tensor2D, tf.Tensor2D];
  return {first, second};
}

/**
 * The mode of one side: its statistics and what it collects stand as its parameters do, under
 * backbone.first and projector.first.
 */
function within(mode: Mode, side: string): Mode {
  const {key, statistics, collect} = mode;
  const part = (name: string) => ((statistics?.[name] as Params | undefined)?.[side] ?? {}) as Params;
  return {
    key: key && inside(mode, side).key,
    statistics: statistics && {backbone: part('backbone'), projector: part('projector')},
    collect:
      collect &&
      ((path, mean, variance) => {
        const [name, ...rest] = path.split('.');
        collect([name, side, ...rest].join('.'), mean, variance);
      }),
  };
}
