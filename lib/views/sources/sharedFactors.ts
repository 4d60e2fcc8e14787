// Two views that share chosen factors and nothing else: every other factor is drawn for each view
// on its own. Tian et al. 2020 (InfoMin), arXiv:2005.10243, sec. 4.1.

import {check} from '../../check';
import {
  countOf,
  factorBackgrounds,
  factorColors,
  factorMasks,
  factorNames,
  type FactorName,
} from '../../datasets/factors';
import {bytes, gatherBytes} from '../../engine/bytes';
import {fold, uniform} from '../../engine/random';
import {tf} from '../../engine/tf';
import type {Key, Source} from '../../module';
import {normalize, type NormalizeOptions} from '../normalize';
import type {TwoViews} from './twoViews';

/** Options of {@link sharedFactors}. */
export interface SharedFactorsOptions extends NormalizeOptions {
  /** Those that both views have alike, each once; none makes views independent. */
  shared: readonly FactorName[];
  /** Side in pixels, a multiple of 32. @default 32 */
  size?: number;
  /** Pairs in an epoch. @default 6040 */
  pairs?: number;
}

/** The values of each factor, [n] int32. */
export type FactorDraw = Readonly<Record<FactorName, tf.Tensor1D>>;

export interface SharedFactors extends Source<TwoViews> {
  /** What `batch` draws: the values of both views. */
  draw(n: number, key: Key): {first: FactorDraw; second: FactorDraw};
}

/**
 * Pairs that are drawn on the device, new ones at every step: {@link sharedInformation} says how
 * much they share. The caller disposes the source.
 *
 * @throws RangeError for an unknown factor, one that is there twice, a side that is no multiple of
 * 32.
 */
export function sharedFactors({shared, size = 32, pairs = 6040, ...looks}: SharedFactorsOptions): SharedFactors {
  checkFactors('sharedFactors', shared);
  const normalized = normalize(looks);
  const pixels = size * size;
  const holds = {
    masks: bytes(factorMasks(size), [countOf('digit') * countOf('position') * countOf('scale'), pixels]),
    backgrounds: bytes(factorBackgrounds(size), [countOf('background'), pixels * 3]),
  };
  const drawOne = (name: FactorName, n: number, key: Key) =>
    uniform(fold(key, name), [n], {maximum: countOf(name)})
      .floor()
      .minimum(countOf(name) - 1)
      .cast('int32') as tf.Tensor1D;
  const draw = (n: number, key: Key) => {
    const first = Object.fromEntries(
      factorNames.map(name => [name, drawOne(name, n, fold(key, 'first'))]),
    ) as FactorDraw;
    const second = Object.fromEntries(
      factorNames.map(name => [name, shared.includes(name) ? first[name] : drawOne(name, n, fold(key, 'second'))]),
    ) as FactorDraw;
    return {first, second};
  };
  const image = ({digit, position, background, colour, scale}: FactorDraw): tf.Tensor4D => {
    const place = digit
      .mul(countOf('position'))
      .add(position)
      .mul(countOf('scale'))
      .add(scale)
      .cast('int32') as tf.Tensor1D;
    const mask = gatherBytes<tf.Tensor2D>(holds.masks, place).expandDims(2); // [n, h·w, 1]
    const behind = gatherBytes<tf.Tensor2D>(holds.backgrounds, background).reshape([-1, pixels, 3]);
    const ink = tf
      .tensor2d(factorColors.map(rgb => rgb.map(value => value / 255)))
      .gather<tf.Tensor2D>(colour)
      .expandDims(1); // [n, 1, 3]
    return normalized(behind.add(ink.sub(behind).mul(mask)).reshape([-1, size, size, 3]) as tf.Tensor4D);
  };
  return {
    size: pairs,
    holds,
    draw,
    batch: (index, key) =>
      tf.tidy(() => {
        const {first, second} = draw(index.shape[0], key);
        return {first: image(first), second: image(second), index: index.clone()};
      }),
    dispose: () => tf.dispose(holds),
  };
}

/** @throws RangeError for a name that is no factor, or is there twice. */
export function checkFactors(caller: string, shared: readonly FactorName[]): void {
  const unknown = shared.find(name => !factorNames.includes(name));
  check(unknown === undefined, caller, `expected factors of ${factorNames.join(', ')}, got '${unknown}'`);
  check(new Set(shared).size === shared.length, caller, `expected each factor once, got ${shared.join(', ')}`);
}
