// Adam with weight decay apart from the gradient, as torch's AdamW.
// Loshchilov & Hutter 2019, "Decoupled Weight Decay Regularization", arXiv:1711.05101; Kingma & Ba
// 2015, arXiv:1412.6980.

import {check} from '../check';
import {tf} from '../engine/tf';
import {decayed, type Optimizer, perParameter} from './optimizer';

/** Options of {@link adamW}. */
export interface AdamWOptions {
  /** Decay of the mean of gradients. @default 0.9 */
  beta1?: number;
  /** Decay of the mean of squared gradients. @default 0.999 */
  beta2?: number;
  /** Added to the root of the second moment. @default 1e-8 */
  epsilon?: number;
  /**
   * Weight decay: each step shrinks the weight by rate·decay; a rule's `decay` multiplies it.
   * @default 0.01
   */
  decay?: number;
}

/**
 * w ← w·(1 − rate·decay) − rate·m̂/(√v̂ + ε), with the moments' bias corrected. Every parameter
 * decays unless its rule says otherwise.
 */
export function adamW({beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, decay = 0.01}: AdamWOptions = {}): Optimizer {
  check(
    beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1,
    'adamW',
    `expected beta1 and beta2 from 0 to below 1, got ${beta1} and ${beta2}`,
  );
  check(epsilon > 0 && decay >= 0, 'adamW', `expected epsilon > 0 and decay ≥ 0, got ${epsilon} and ${decay}`);
  return perParameter(['first', 'second'], ({value, gradient, slots, rate, rule}, count) => {
    const t = tf.cast(count, 'float32');
    // 1 − β^t; float32 would lose 5 digits of it at t = 1
    const gathered = (beta: number) => tf.neg(tf.expm1(t.mul(Math.log(beta))));
    const first = slots.first.mul(beta1).add(gradient.mul(1 - beta1));
    const second = slots.second.mul(beta2).add(gradient.square().mul(1 - beta2));
    const direction = first.div(gathered(beta1)).div(second.div(gathered(beta2)).sqrt().add(epsilon));
    return {value: value.sub(decayed(direction, value, decay, rule.decay ?? 1).mul(rate)), first, second};
  });
}
