// What the two halves of a masked autoencoder's training step cost, timed apart: the encoder, which
// computes the visible patches only, and the decoder, which computes all. He et al. 2022, "Masked
// Autoencoders Are Scalable Vision Learners", arXiv:2111.06377, sec. 3.

import {namedVit, type VitName} from '../../backbones/namedBackbone';
import {check} from '../../check';
import {compile, type Compiled} from '../../engine/compile';
import type {InputType, Inputs} from '../../engine/step';
import {deviceLine} from '../../engine/device';
import {valueAndGradients} from '../../engine/gradients';
import {key, normal} from '../../engine/random';
import {tf} from '../../engine/tf';
import {macrotask} from '../../macrotask';
import {drawMasks} from '../../masks/drawMasks';
import type {Grid} from '../../masks/masks';
import {randomMask} from '../../masks/randomMask';
import type {DecoderSize} from '../../methods/masked/decoder';
import {mae, type Mae, type MaeParams} from '../../methods/masked/mae';
import type {Params} from '../../module';
import {dispose, leaves} from '../../engine/params';
import {maskRatios} from './ratioStudy';

/** One turn of one half at one ratio. */
export type MaskCostRow = {
  half: 'encoder' | 'decoder';
  /** Share of the patches that was asked to be hidden. */
  ratio: number;
  /** Share of the patches that goes through the encoder. */
  encoded: number;
  /** Turns are taken round by round, from 0. */
  round: number;
  /** Of one computation, forwards and backwards. */
  seconds: number;
  /** How often it was computed in this turn. */
  repetitions: number;
  backbone: VitName;
  decoder: string;
  /** Side of an image in pixels, and images at once. */
  image: number;
  batch: number;
  device: string;
};

/** Options of {@link maskCost}: sizes of the model and of its batch, and how long is measured. */
export interface MaskCostOptions {
  /** The encoder. @default 'vit-nano' */
  backbone?: VitName;
  /** Its decoder. @default one block of 64 channels, that of the default studies */
  decoder?: DecoderSize;
  /** Side of the images in pixels. @default 32 */
  image?: number;
  /** Images a step. @default 128 */
  batch?: number;
  /** Shares of the patches that are hidden at random. @default {@link maskRatios} */
  ratios?: readonly number[];
  /** Turns of each half and ratio. @default 5 */
  rounds?: number;
  /** How many seconds a turn takes: whole computations, at least one. @default 0.5 */
  seconds?: number;
  signal?: AbortSignal;
}

/** A half that is compiled and warm. */
type Timed = Pick<MaskCostRow, 'half' | 'ratio' | 'encoded'> & {compute(): void; dispose(): void};

/**
 * Times both halves at each ratio in turns, so that what slows the machine down slows all of them;
 * each round begins with another. A half is its part of the compiled step, forwards and backwards
 * to its weights and, in the decoder, to what the encoder gave. Views, masks, target, loss and
 * optimizer are in neither.
 *
 * @returns A row for each turn. The first two computations of each, which compile it and record it
 * once more, are not timed.
 * @throws RangeError when there is no ratio or no round, and as `randomMask` and `mae`; the
 * signal's reason.
 */
export async function* maskCost({
  backbone: name = 'vit-nano',
  decoder = {width: 64, depth: 1},
  image = 32,
  batch = 128,
  ratios = maskRatios,
  rounds = 5,
  seconds = 0.5,
  signal,
}: MaskCostOptions = {}): AsyncGenerator<MaskCostRow, void, undefined> {
  check(
    ratios.length > 0 && Number.isInteger(rounds) && rounds >= 1,
    'maskCost',
    `expected at least one ratio and a whole number of rounds from 1, got ${ratios.length} and ${rounds}`,
  );
  const backbone = namedVit(name, 3);
  const method = mae({backbone, decoder});
  const grid = backbone.grid({shape: [1, image, image, 3]} as tf.Tensor4D);
  const params = tf.tidy(() => method.init(key(0)));
  const view = tf.tidy(() => normal(key(1), [batch, image, image, 3]) as tf.Tensor4D);
  const timed: Timed[] = [];
  const facts = {backbone: name, decoder: `${decoder.depth} × ${decoder.width}`, image, batch, device: deviceLine()};
  try {
    for (const ratio of ratios) timed.push(...halves(method, params, view, grid, ratio));
    for (const {compute} of [...timed, ...timed]) {
      await macrotask(signal);
      compute();
    }
    for (let round = 0; round < rounds; round++) {
      for (let i = 0; i < timed.length; i++) {
        await macrotask(signal);
        const {half, ratio, encoded, compute} = timed[(round + i) % timed.length]!;
        yield {half, ratio, encoded, round, ...turn(compute, seconds), ...facts};
      }
    }
  } finally {
    for (const one of timed) one.dispose();
    dispose(params);
    view.dispose();
  }
}

function turn(compute: () => void, seconds: number): Pick<MaskCostRow, 'seconds' | 'repetitions'> {
  const start = performance.now();
  const taken = () => (performance.now() - start) / 1000;
  let repetitions = 0;
  do {
    compute();
    repetitions++;
  } while (taken() < seconds);
  return {seconds: taken() / repetitions, repetitions};
}

function halves(method: Mae, {backbone, ...others}: MaeParams, view: tf.Tensor4D, grid: Grid, ratio: number): Timed[] {
  const drawn = drawMasks(randomMask({grid, ratio}), view.shape[0], 0);
  const masks = {masked: drawn.masked, kept: drawn.kept};
  const tokens = tf.tidy(() => {
    const {patches, prefix} = method.encode({backbone, ...others}, view, masks, {});
    return {patches, prefix: prefix!}; // a vit by name has a class token
  });
  const facts = {ratio, encoded: tokens.patches.shape[1] / (grid[0] * grid[1])};
  /** Sums of squares have a gradient everywhere, and cost nothing beside the rest. */
  const encoder = gradientsOf({backbone}, {view, ...masks}, (trained, {view: images, masked, kept}) => {
    const {patches, prefix} = method.encode({backbone: trained.backbone, ...others}, images, {masked, kept}, {});
    return tf.add(patches.square().sum(), prefix!.square().sum());
  });
  const decoder = gradientsOf(
    {decoder: others.decoder},
    {...tokens, ...masks},
    ({decoder: trained, patches, prefix}, {masked, kept}) =>
      method
        .decode({backbone, decoder: trained}, {patches, prefix}, {masked, kept}, grid, {})
        .prediction.square()
        .sum(),
    ['patches', 'prefix'],
  );
  return [
    {half: 'encoder', ...facts, ...encoder},
    {
      half: 'decoder',
      ...facts,
      ...decoder,
      dispose() {
        decoder.dispose();
        tf.dispose([tokens, masks]);
      },
    },
  ];
}

/**
 * Compiles the gradients of `loss` by all of `params`, and by those inputs that are named.
 *
 * @returns `compute` waits until they are there.
 */
function gradientsOf<P extends Params, I extends Inputs, N extends keyof I & string = never>(
  params: P,
  inputs: I,
  loss: (params: P & Pick<I, N>, inputs: I) => tf.Tensor,
  named: readonly N[] = [],
): {compute(): void; dispose(): void} {
  const types = Object.fromEntries(
    Object.entries(inputs).map(([name, {dtype, shape}]) => [name, {dtype, shape} as InputType]),
  ) as {[name in keyof I]: InputType};
  const compiled: Compiled<P, I, {firsts: tf.Tensor}> = compile(
    (state: P, given: I) => {
      const fed = Object.fromEntries(named.map(name => [name, given[name]])) as Pick<I, N>;
      const {gradients} = valueAndGradients(all => ({loss: loss(all, given) as tf.Scalar, outputs: {}}), {
        ...state,
        ...fed,
      });
      return {
        outputs: {firsts: tf.concat(leaves(gradients).map(([, gradient]) => gradient.reshape([-1]).slice(0, 1)))},
      }; // one number of each: all are computed, none is copied
    },
    params,
    types,
  );
  return {
    compute() {
      const {firsts} = compiled.run(inputs);
      firsts.dataSync();
      firsts.dispose();
    },
    dispose: () => compiled.dispose(),
  };
}
