// Fine-tuning: a pre-trained backbone and a new classifier, all of it trained with labels.
// He et al. 2022, "Masked Autoencoders Are Scalable Vision Learners", arXiv:2111.06377, table 9;
// facebookresearch/mae, main_finetune.py.

import {check} from '../check';
import {tf} from '../engine/tf';
import {normalOf} from '../layers/initial';
import type {Method, Params} from '../module';
import {leaves, map} from '../engine/params';
import type {LabeledView} from '../views/sources/labeledView';
import {layerDecay, type LayerDecayOptions} from './parts/layerDecay';
import {supervised, type SupervisedOptions, type SupervisedOutputs, type SupervisedParams} from './supervised';

/** Options of {@link fineTuning}. */
export interface FineTuningOptions extends Omit<SupervisedOptions, 'initial'> {
  /**
   * Weights that the backbone starts with; they stay the caller's and are only read when a training
   * starts. A transformer that is tuned by the mean of its patches calls its last norm `fc_norm`:
   * give the one that was pre-trained as `norm`.
   * @default fresh ones: training from scratch
   */
  start?: Params;
  /** @default all layers learn at the same rate */
  layerDecay?: LayerDecayOptions;
}

/**
 * The supervised method from given weights. The classifier starts near 0, so that the first loss is
 * log k; biases, norms, tokens and positions do not decay.
 */
export function fineTuning({
  start,
  layerDecay: slower,
  ...options
}: FineTuningOptions): Method<LabeledView, SupervisedParams, {}, SupervisedOutputs> {
  const method = supervised({...options, initial: normalOf(2e-5)}); // main_finetune.py
  const rateOf = slower && layerDecay(slower);
  return {
    ...method,
    init: key =>
      tf.tidy(() => {
        const fresh = method.init(key);
        return start ? {...fresh, backbone: sameAs(fresh.backbone, start)} : fresh;
      }),
    rule: (name, _step, {rank}) => ({
      ...(rateOf && name.startsWith(BACKBONE) && {rate: rateOf(name.slice(BACKBONE.length))}),
      // matrices and kernels; tokens and positions have three axes
      decay: rank === 2 || rank === 4 ? 1 : 0,
    }),
  };
}

const BACKBONE = 'backbone.';

/** Copies of weights that must have the names and shapes of `expected`. */
function sameAs(expected: Params, weights: Params): Params {
  const given = new Map(leaves(weights));
  const remedy = 'the weights are of another backbone';
  for (const [name, {shape}] of leaves(expected)) {
    const tensor = given.get(name);
    check(
      tensor !== undefined,
      'fineTuning',
      `expected a tensor ${name} [${shape}] among the weights, got none: ${remedy}`,
    );
    check(
      `${tensor.shape}` === `${shape}`,
      'fineTuning',
      `expected ${name} of shape [${shape}], got [${tensor.shape}]: ${remedy}`,
    );
    given.delete(name);
  }
  check(
    given.size === 0,
    'fineTuning',
    `expected no tensor ${[...given.keys()][0]} among the weights, got one: ${remedy}`,
  );
  return map(weights, tensor => tensor.clone());
}
