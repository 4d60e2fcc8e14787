// PIRL: an image and its puzzle, or its turned self, are found to be the same among all images that
// a memory bank remembers. Misra & van der Maaten 2020, "Self-Supervised Learning of
// Pretext-Invariant Representations", arXiv:1912.01991; its first author's code in
// facebookresearch/vissl. Differs from the paper: all other entries of the bank are negatives,
// where 32,000 of 1.28 million are drawn; a puzzle's tiles have their colors changed together, not
// each on its own. Differs from their code: probabilities are shares of all candidates' e^(s/τ).
// The code divides by a constant that it estimates on the first batch; short trainings with it,
// where a bank is renewed in 49 steps, ended below the untrained encoder at every setting that was
// tried.

import {check} from '../../check';
import {fold, uniform} from '../../engine/random';
import {tf} from '../../engine/tf';
import {mlp, type Mlp} from '../../layers/mlp';
import {initialParts, run} from '../../layers/parts';
import {instanceSpread} from '../../losses/instanceSpread';
import {unit} from '../../layers/unit';
import {inside, type Backbone, type Key, type Method, type Params} from '../../module';
import {quarterTurns} from '../../views/quarterTurns';
import {tiles, tileSize} from '../../views/tiles';
import type {TwoViews} from '../../views/sources/twoViews';
import {projected, type ProjectedParams} from '../parts/projected';
import type {Bank} from './instanceDiscrimination';
import {memoryBank} from './memoryBank';

/** Options of {@link pirl}. */
export interface PirlOptions {
  backbone: Backbone;
  /** Images that the source has: rows of the bank. */
  size: number;
  /**
   * What is done to the second view: nine tiles in random order, each through the backbone on its
   * own, or a random number of quarter turns.
   * @default 'jigsaw'
   */
  transform?: 'jigsaw' | 'rotation';
  /** Width of all projections. @default 128 */
  width?: number;
  /**
   * λ, from 0 to 1: the share of the loss that compares the transformed view with the bank; the
   * rest compares the first view with it.
   * @default 0.5
   */
  share?: number;
  /** @default 0.07 */
  temperature?: number;
  /** Share of an entry that stays when its image comes up again. @default 0.5 */
  momentum?: number;
}

/** `pretext` is the transformed view's own head. */
export type PirlParams = ProjectedParams & {pretext: Params};
/**
 * First views and what the bank remembered of their images [2n, d], the views first; the places of
 * the images. Transformed views are not among them: the loss compares those with the bank alone,
 * and stays as it is when all of them move alike, so that they may lie far from the others.
 */
export type PirlOutputs = {projection: tf.Tensor2D; index: tf.Tensor1D};

/** Tiles in a row of the puzzle. */
const SIDE = 3;

/**
 * Pixels of an image's transformed view that go through the backbone, as a share of the image's.
 */
export const transformedShare = (side: number, transform: PirlOptions['transform'] = pirlDefaults.transform): number =>
  transform === 'jigsaw' ? ((SIDE * tileSize(Math.floor(side / SIDE))) / side) ** 2 : 1;

export const pirlDefaults = {transform: 'jigsaw', temperature: 0.07} as const;

/**
 * For the views of `pirlViews`: the first one is compared as it is, the second one is transformed.
 */
export function pirl({
  backbone: f,
  size,
  transform = pirlDefaults.transform,
  width = 128,
  share = 0.5,
  temperature = pirlDefaults.temperature,
  momentum = 0.5,
}: PirlOptions): Method<TwoViews, PirlParams, Bank, PirlOutputs> {
  check(share >= 0 && share <= 1, 'pirl', `expected a share from 0 to 1, got ${share}`);
  check(temperature > 0, 'pirl', `expected temperature > 0, got ${temperature}`);
  const memory = memoryBank('pirl', {size, momentum});
  const encoder = projected(f, mlp([f.width, width]));
  const count = transform === 'jigsaw' ? SIDE * SIDE : 1;
  const heads: Record<string, Mlp> = {
    each: mlp([f.width, width]),
    ...(count > 1 && {joined: mlp([count * width, width])}),
  };
  const transformed = (images: tf.Tensor4D, key: Key) =>
    transform === 'jigsaw'
      ? tiles(images, key, {side: SIDE})
      : quarterTurns(images, uniform(key, [images.shape[0]], {maximum: 4}).floor().minimum(3).cast('int32'));
  /** What the transformed view's own head makes of it, [n, width]. */
  const pretext = (params: PirlParams, images: tf.Tensor4D, key: Key) => {
    const embedding = f.apply(
      params.backbone,
      transformed(images, fold(key, 'transform')),
      inside({key: fold(key, 'pretext')}, 'backbone'),
    ); // [n · count, width of f]
    const each = run(heads, 'each', params.pretext, embedding, {});
    return count === 1
      ? each
      : run(heads, 'joined', params.pretext, each.reshape([images.shape[0], count * width]) as tf.Tensor2D, {});
  };
  return {
    init: key => ({...encoder.init(key), pretext: initialParts(heads, fold(key, 'pretext'))}),
    initState: (_params, key) => ({bank: memory.init(key, width)}),
    loss(params, {first, second, index}, {bank}, {key}) {
      const v = encoder.apply(params, first, {key: fold(key, 'view')}).projection; // f(v), [n, d]
      const g = pretext(params, second, key); // g(v^t), [n, d]
      const [ofView, ofTransformed] = [v, g].map(z =>
        instanceSpread(memory.similarities(bank, unit(z), index), {temperature}),
      );
      return {
        loss: ofTransformed!.mul(share).add(ofView!.mul(1 - share)) as tf.Scalar,
        outputs: {projection: tf.concat([v, bank.gather(index)]), index: index.clone()},
      }; // eq. 5
    },
    afterStep(_params, {bank}, _step, {projection, index}) {
      const [v] = tf.split(projection, 2) as [tf.Tensor2D, tf.Tensor2D];
      return {bank: memory.moved(bank, unit(v), index)};
    },
    embed: (params, _state, images, mode) => encoder.apply(params, images, mode),
  };
}
