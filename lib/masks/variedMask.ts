// Any strategy with a ratio that differs from image to image, and no mask at all for some images,
// as blockMask has it built in. Zhou et al. 2022 (iBOT), arXiv:2111.07832, sec. 3.2 and
// bytedance/ibot, loader.py: of half of the crops nothing is masked, of the others a share drawn
// evenly from 0.1 to 0.5.

import {check, whole} from '../check';
import {numbers} from '../engine/numbers';
import {fold, split, uniform} from '../engine/random';
import {tf} from '../engine/tf';
import {checkProbability, checkRatio} from './checks';
import {masksOf, type MaskStrategy} from './masks';

/** Options of {@link variedMask}. */
export interface VariedMaskOptions<Inputs extends Record<string, tf.Tensor> = {}> {
  /** The strategy of a ratio: `ratio => blockMask({grid, ratio})`. */
  strategy: (ratio: number) => MaskStrategy<Inputs>;
  /** The smallest and the largest ratio, above 0 and below 1. @default [0.1, 0.5] */
  ratio?: readonly [smallest: number, largest: number];
  /** Of an image to be masked, above 0, at most 1. @default 0.5 */
  probability?: number;
  /**
   * Where a strategy draws on the device, with a fixed ratio: into how many even parts the range is
   * divided; an image gets the middle of one of them.
   * @default 8
   */
  levels?: number;
}

/**
 * The strategy that asks another one for each image's mask. Where that one draws on the host, each
 * image has a ratio of its own; on the device one of a few.
 *
 * @returns Masks with `valid`: images keep different numbers of tokens.
 * @throws RangeError when the range is empty or not within 0 and 1, or the probability is not.
 */
export function variedMask<Inputs extends Record<string, tf.Tensor> = {}>({
  strategy,
  ratio: [smallest, largest] = [0.1, 0.5],
  probability = 0.5,
  levels = 8,
}: VariedMaskOptions<Inputs>): MaskStrategy<Inputs> {
  for (const bound of [smallest, largest]) checkRatio('variedMask', bound);
  check(smallest <= largest, 'variedMask', `expected a smallest and a largest ratio, got [${smallest}, ${largest}]`);
  checkProbability('variedMask', probability);
  whole('variedMask', 'levels', levels);
  const example = strategy(smallest);
  const between = (share: number) => smallest + share * (largest - smallest);
  const atLevels = example.host
    ? [example]
    : Array.from({length: smallest === largest ? 1 : levels}, (_, i) => strategy(between((i + 0.5) / levels)));
  return {
    grid: example.grid,
    ...(example.host && {
      host: {
        inputs: example.host.inputs,
        draw(n, seed) {
          const next = numbers(seed);
          const each = Array.from({length: n}, () =>
            strategy(between(next())).host!.draw(1, Math.floor(next() * 2 ** 32)),
          );
          try {
            return Object.fromEntries(
              Object.keys(example.host!.inputs).map(name => [name, tf.concat(each.map(inputs => inputs[name]!))]),
            ) as Inputs;
          } finally {
            tf.dispose(each);
          }
        },
      },
    }),
    draw: (key, n, inputs) =>
      tf.tidy(() => {
        const [own, level, chance] = split(key, 3);
        const drawn = atLevels.map((atLevel, i) => atLevel.draw(fold(own!, i), n, inputs).masked);
        const chosen = uniform(level!, [n, 1], {maximum: atLevels.length}).floor(); // [n, 1]
        const masked = tf.addN(drawn.map((mask, i) => mask.mul(chosen.equal(i)))); // [n, l]
        return masksOf(masked.mul(uniform(chance!, [n, 1]).less(probability)) as tf.Tensor2D);
      }),
  };
}
