// SGD whose step is scaled per layer by the ratio of the weights' norm to the gradient's.
// You et al. 2017, "Large Batch Training of Convolutional Networks", arXiv:1708.03888; as in SimCLR's code (google-research/simclr, lars_optimizer.py).

import {check} from '../check';
import {tf} from '../engine/tf';
import {decayed, type Optimizer, perParameter} from './optimizer';

export interface LarsOptions {
  /** Share of the last step that is kept. @default 0.9 */
  momentum?: number;
  /** Weight decay, added to the gradient before the ratio is taken. @default 1e-6, SimCLR's */
  decay?: number;
  /** Factor on the ratio of norms; `eeta` in SimCLR's code. @default 0.001 */
  trust?: number;
}

/**
 * g ← g + decay·w; v ← momentum·v + rate·trust·(‖w‖/‖g‖)·g; w ← w − v. Where one of the norms is 0, trust·(‖w‖/‖g‖) counts as 1.
 *
 * Parameters with at most one axis (biases, BatchNorm) are left out of both decay and ratio, as in SimCLR's code; a rule's `decay` or `adapt` for a parameter decides otherwise.
 */
export function lars({momentum = 0.9, decay = 1e-6, trust = 0.001}: LarsOptions = {}): Optimizer {
  check(momentum >= 0 && momentum < 1, 'lars', `expected momentum from 0 to below 1, got ${momentum}`);
  check(decay >= 0 && trust > 0, 'lars', `expected decay ≥ 0 and trust > 0, got ${decay} and ${trust}`);
  return perParameter(['velocity'], ({value, gradient, slots, rate, rule}) => {
    const weight = value.rank > 1;
    const g = decayed(gradient, value, decay, rule.decay ?? (weight ? 1 : 0));
    const [w, length] = [tf.norm(value), tf.norm(g)];
    const ratio = rule.adapt ?? weight ? tf.where(tf.logicalAnd(w.greater(0), length.greater(0)), w.mul(trust).div(length.maximum(1e-38)), 1) : 1;
    const velocity = slots.velocity.mul(momentum).add(g.mul(ratio).mul(rate));
    return {value: value.sub(velocity), velocity};
  });
}
