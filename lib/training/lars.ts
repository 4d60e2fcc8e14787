// SGD whose step is scaled per layer by the ratio of the weights' norm to the gradient's.
// You et al. 2017, "Large Batch Training of Convolutional Networks", arXiv:1708.03888.

import {check} from '../check';
import {tf} from '../engine/tf';
import {decayed, type Optimizer, perParameter} from './optimizer';

/** Options of {@link lars}. */
export interface LarsOptions {
  /** Share of the last velocity that is kept. @default 0.9 */
  momentum?: number;
  /** Weight decay, added to the gradient before the ratio is taken. @default 1e-6, SimCLR's */
  decay?: number;
  /** Factor on the ratio of norms; `eeta` in SimCLR's code. @default 0.001 */
  trust?: number;
  /**
   * What the velocity gathers. 'steps': gradients times the rate of their own time, so that a
   * falling rate is felt late; SimCLR's code (google-research/simclr, lars_optimizer.py) and the
   * paper. 'gradients': all of them go at the rate of now; MoCo v3 (facebookresearch/moco-v3,
   * moco/optimizer.py), BYOL, Barlow Twins, VICReg, MAE's linear probe and lightly, as torch's SGD.
   * At a constant rate both are the same.
   *
   * @default 'steps'
   */
  momentumOf?: 'steps' | 'gradients';
}

/**
 * g ← ratio·(g + decay·w) with ratio = trust·‖w‖/‖g + decay·w‖, or 1 where one of the norms is 0;
 * then by `momentumOf`
 *
 * - 'steps': v ← momentum·v + rate·g; w ← w − v,
 * - 'gradients': v ← momentum·v + g; w ← w − rate·v.
 *
 * Parameters with at most one axis (biases, BatchNorm) are left out of both decay and ratio, as in
 * all these; a rule's `decay` or `adapt` for a parameter decides otherwise.
 *
 * @throws RangeError when a setting is out of its range.
 */
export function lars({momentum = 0.9, decay = 1e-6, trust = 0.001, momentumOf = 'steps'}: LarsOptions = {}): Optimizer {
  check(momentum >= 0 && momentum < 1, 'lars', `expected momentum from 0 to below 1, got ${momentum}`);
  check(decay >= 0 && trust > 0, 'lars', `expected decay ≥ 0 and trust > 0, got ${decay} and ${trust}`);
  check(
    ['steps', 'gradients'].includes(momentumOf),
    'lars',
    `expected momentum of 'steps' or 'gradients', got '${momentumOf}'`,
  );
  return perParameter(['velocity'], ({value, gradient, slots, rate, rule}) => {
    const weight = value.rank > 1;
    const g = decayed(gradient, value, decay, rule.decay ?? (weight ? 1 : 0));
    const [w, length] = [tf.norm(value), tf.norm(g)];
    const ratio =
      (rule.adapt ?? weight)
        ? tf.where(tf.logicalAnd(w.greater(0), length.greater(0)), w.mul(trust).div(length.maximum(1e-38)), 1)
        : 1;
    if (momentumOf === 'gradients') {
      const velocity = slots.velocity.mul(momentum).add(g.mul(ratio));
      return {value: value.sub(velocity.mul(rate)), velocity};
    }
    const velocity = slots.velocity.mul(momentum).add(g.mul(ratio).mul(rate));
    return {value: value.sub(velocity), velocity};
  });
}
