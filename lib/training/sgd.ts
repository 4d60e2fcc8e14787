// Stochastic gradient descent with momentum, as torch's SGD.
// Sutskever et al. 2013, "On the importance of initialization and momentum in deep learning".

import {check} from '../check';
import {decayed, type Optimizer, perParameter} from './optimizer';

/** Options of {@link sgd}. */
export interface SgdOptions {
  /** Share of the last step's direction that is kept. @default 0.9 */
  momentum?: number;
  /** Look ahead along the new direction. @default false */
  nesterov?: boolean;
  /** Weight decay, added to the gradient; a rule's `decay` multiplies it. @default 0 */
  decay?: number;
}

/**
 * g ← g + decay·w; v ← momentum·v + g; w ← w − rate·v, with Nesterov w − rate·(g + momentum·v).
 * Every parameter decays unless its rule says otherwise.
 */
export function sgd({momentum = 0.9, nesterov = false, decay = 0}: SgdOptions = {}): Optimizer {
  check(momentum >= 0 && momentum < 1, 'sgd', `expected momentum from 0 to below 1, got ${momentum}`);
  check(decay >= 0, 'sgd', `expected decay ≥ 0, got ${decay}`);
  return perParameter(['velocity'], ({value, gradient, slots, rate, rule}) => {
    const g = decayed(gradient, value, decay, rule.decay ?? 1);
    const velocity = slots.velocity.mul(momentum).add(g);
    return {value: value.sub((nesterov ? g.add(velocity.mul(momentum)) : velocity).mul(rate)), velocity};
  });
}
