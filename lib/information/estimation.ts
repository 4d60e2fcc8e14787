// Training a critic on pairs whose information is known at every step.
// Song & Ermon 2020 (SMILE), arXiv:1910.06222, sec. 6.1; ermongroup/smile-mi-estimator, demo.ipynb.

import {check, whole} from '../check';
import {tf} from '../engine/tf';
import {fold} from '../engine/random';
import type {Method, Params, Source} from '../module';
import {network, type CriticOptions} from './critic';
import {namedEstimator, type EstimatorSettings} from './estimator';
import type {KnownTruth} from './knownTruth';
import {namedCritic, type CriticName} from './namedCritic';

/** Options of {@link estimation}. */
export interface EstimationOptions extends Omit<CriticOptions, 'widths'> {
  truth: KnownTruth;
  /** I in nats, each ≥ 0: one for all steps, or one a step, as `staircase` gives them. */
  information: number | Float32Array;
  estimator: EstimatorSettings;
  /** @default 'separable' */
  critic?: CriticName;
  /** Pairs a step: K. */
  batch: number;
}

export type EstimationParams = {critic: Params; baseline: Params};
/** Of MINE's average. */
export type EstimationState = {logAverage: tf.Scalar};
/** In nats: the estimate of the step's batch, and what the best critic would have said of it. */
export type EstimationOutputs = {information: tf.Scalar; optimal: tf.Scalar; logAverage: tf.Scalar};

/**
 * A method without an encoder: its batches say only which step it is, the pairs are drawn within
 * the step.
 */
export type Estimation = Omit<Method<{}, EstimationParams, EstimationState, EstimationOutputs>, 'embed' | 'backbone'>;

/** Hidden width of the network that says log a(x): SMILE's demo. */
const BASELINE = 512;

/**
 * @throws RangeError when an information is below 0 or not finite, or the batch too small for the
 * estimator.
 */
export function estimation({
  truth,
  information,
  estimator: settings,
  critic: name = 'separable',
  batch,
  ...size
}: EstimationOptions): Estimation {
  const steps = typeof information === 'number' ? Float32Array.of(information) : information;
  const wrong = steps.find(value => !(value >= 0 && Number.isFinite(value)));
  check(
    steps.length > 0 && wrong === undefined,
    'estimation',
    `expected an information of at least 0 nats, got ${wrong ?? 'none'}`,
  );
  whole('estimation', 'batch', batch, 3);
  check(
    (settings.estimator === 'club') === (name === 'conditional'),
    'estimation',
    `expected the critic 'conditional' for the estimator 'club' and for no other, got '${name}' for ` +
      `'${settings.estimator}': CLUB needs a distribution`,
  );
  const {dimensions: d} = truth;
  const estimator = namedEstimator(settings);
  const critic = namedCritic(name, {widths: [d, d], ...size});
  const baseline = network(d, 1, {...size, hidden: BASELINE});
  const dials = dialsOf(truth, steps);
  const dialAt = (index: tf.Scalar) =>
    dials.length === 1
      ? tf.scalar(dials[0]!)
      : tf
          .tensor1d(dials)
          .gather(index.minimum(tf.scalar(dials.length - 1, 'int32')))
          .reshape<tf.Scalar>([]);
  return {
    init: key => ({
      critic: critic.init(fold(key, 'critic')),
      baseline: estimator.baseline ? baseline.init(fold(key, 'baseline')) : {},
    }),
    initState: () => ({logAverage: tf.scalar(0)}),
    loss(params, _batch, state, step) {
      const dial = dialAt(step.index);
      const {x, y} = truth.sample(step.key, batch, dial);
      const scores = critic.scores(params.critic, x, y);
      const logBaseline = estimator.baseline
        ? baseline.apply(params.baseline, x, {}).squeeze<tf.Tensor1D>([1])
        : undefined;
      const {loss, logAverage} = estimator.loss(scores, state.logAverage, logBaseline);
      const best = truth.logRatio(x, y, dial).add<tf.Tensor2D>(estimator.offset);
      return {
        loss,
        outputs: {information: estimator.value(scores, logBaseline), optimal: estimator.value(best), logAverage},
      };
    },
    afterStep: (_params, _state, _step, {logAverage}) => ({logAverage: logAverage.clone()}),
  };
}

/** A source for as many steps, in epochs of `epoch` steps. */
export const nothing = (batch: number, epoch: number): Source<{}> => ({
  size: batch * epoch,
  batch: () => ({}),
  dispose() {},
});

/** Each value is looked for once: a staircase has few. */
function dialsOf(truth: KnownTruth, information: Float32Array): number[] {
  const known = new Map([...new Set(information)].map(value => [value, truth.dialOf(value)]));
  return Array.from(information, value => known.get(value)!);
}
