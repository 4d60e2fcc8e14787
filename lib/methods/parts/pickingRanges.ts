// Between which values losses move that pick an image's other view among candidates, for any τ.

import {pickingRange, type LossRange} from '../../losses/lossRange';
import type {TemperatureSchedule} from '../contrastive/temperatureSchedule';

/**
 * Where τ moves, its largest value of the training: least can be reached there. Undefined where it
 * is learned.
 */
function slackest(temperature: TemperatureSchedule): number | undefined {
  if (typeof temperature === 'number') return temperature;
  return temperature.schedule === 'cosine' ? Math.max(temperature.from, temperature.to) : undefined;
}

/** Of {@link contrastive}; without a floor where τ is learned. */
export function picking(candidates: number, temperature: TemperatureSchedule): LossRange {
  const τ = slackest(temperature);
  return τ === undefined ? {chance: Math.log(candidates)} : pickingRange(candidates, τ);
}

/**
 * Of {@link instanceSpread}: with the own view's −log P comes −log(1 − P) of each of the others.
 */
export function spreading(candidates: number, temperature: TemperatureSchedule): LossRange {
  const τ = slackest(temperature);
  const {chance, floor} = picking(candidates, temperature);
  const others = (p: number) => -(candidates - 1) * Math.log1p(-p);
  return {
    chance: chance + others(1 / candidates),
    ...(τ !== undefined && floor !== undefined && {floor: floor + others(Math.exp(-1 / τ - floor))}),
  };
}
