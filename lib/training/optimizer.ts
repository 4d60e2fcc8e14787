// What an optimizer is: a pure function from parameters and gradients to the next parameters.

import {tf} from '../engine/tf';
import type {Params, Rule, Step} from '../module';
import {fromLeaves, leaves} from '../engine/params';

/** What one update is given beside the trees. */
export type UpdateOptions = {
  /** Learning rate, before a rule's factor. */
  rate: tf.Scalar | number;
  /** The largest rate of the run, for what a rule keeps steady. */
  peak: number;
  step: Step;
  /** Exceptions by parameter name, or by the parameter. */
  rule?: (name: string, step: Step, value: tf.Tensor) => Rule;
};

/** A rule for updates, with the state (slots) that it keeps for each parameter. */
export interface Optimizer {
  /** The optimizer's own tensors at the start: momentum, moments, count. */
  init(params: Params): Params;
  /**
   * Returns only new tensors and frees none that it was given. A parameter whose rule says that it
   * is frozen stays, and so do its slots.
   */
  update<P extends Params>(params: P, gradients: P, slots: Params, options: UpdateOptions): {params: P; slots: Params};
}

/** One parameter in an update: its value, its gradient, its own slots, and what its rule says. */
export type Leaf<Slot extends string> = {
  name: string;
  value: tf.Tensor;
  gradient: tf.Tensor;
  slots: Record<Slot, tf.Tensor>;
  rate: tf.Scalar | number;
  rule: Rule;
};

/**
 * Builds an optimizer that keeps the trees `slots`, each like the parameters and starting at 0, and
 * treats every parameter on its own.
 *
 * @param change The next value of one parameter and of its slots.
 * @param shared A scalar that all parameters share: its start and its next value.
 */
export function perParameter<Slot extends string>(
  slotNames: readonly Slot[],
  change: (leaf: Leaf<Slot>, count: tf.Scalar) => {value: tf.Tensor} & Record<Slot, tf.Tensor>,
): Optimizer {
  return {
    init: params =>
      tf.tidy(() => ({
        ...Object.fromEntries(
          slotNames.map(slot => [
            slot,
            fromLeaves(
              params,
              leaves(params).map(([, tensor]) => tf.zerosLike(tensor)),
            ),
          ]),
        ),
        count: tf.scalar(0, 'int32'),
      })),
    update: (params, gradients, slots, {rate, peak, step, rule: ruleOf}) =>
      tf.tidy(() => {
        const count = (slots.count as tf.Scalar).add(tf.scalar(1, 'int32')) as tf.Scalar;
        const old = slotNames.map(slot => leaves(slots[slot] as Params));
        const steps = leaves(gradients);
        const next = leaves(params).map(([name, value], i) => {
          const own = Object.fromEntries(slotNames.map((slot, s) => [slot, old[s]![i]![1]])) as Record<Slot, tf.Tensor>;
          const rule = ruleOf?.(name, step, value) ?? {};
          const still = (): {value: tf.Tensor} & Record<Slot, tf.Tensor> => ({
            value: value.clone(),
            ...(Object.fromEntries(slotNames.map(slot => [slot, own[slot].clone()])) as Record<Slot, tf.Tensor>),
          });
          const {frozen = false} = rule;
          if (frozen === true) return still();
          const changed = change(
            {
              name,
              value,
              gradient: steps[i]![1],
              slots: own,
              rate: times(rule.steady ? peak : rate, rule.rate ?? 1),
              rule,
            },
            count,
          );
          if (frozen === false) return changed;
          const stays = still();
          return Object.fromEntries(
            Object.entries(changed).map(([part, tensor]) => [part, tf.where(frozen, stays[part as Slot], tensor)]),
          ) as typeof changed;
        });
        return {
          params: fromLeaves(
            params,
            next.map(leaf => leaf.value),
          ),
          slots: {
            ...Object.fromEntries(
              slotNames.map(slot => [
                slot,
                fromLeaves(
                  params,
                  next.map(leaf => leaf[slot]),
                ),
              ]),
            ),
            count,
          },
        };
      }),
  };
}

/**
 * Adds the decayed weight to what the update goes by: `to` + decay·factor·value; `to` itself where
 * nothing decays.
 */
export function decayed(to: tf.Tensor, value: tf.Tensor, decay: number, factor: number | tf.Scalar): tf.Tensor {
  return decay === 0 || factor === 0 ? to : to.add(value.mul(times(decay, factor)));
}

function times(rate: tf.Scalar | number, factor: tf.Scalar | number): tf.Scalar | number {
  if (typeof rate === 'number' && typeof factor === 'number') return rate * factor;
  return factor === 1 ? rate : tf.mul<tf.Scalar>(rate, factor);
}
