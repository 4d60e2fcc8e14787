// What training tells while it runs.

import type {LossRange} from '../losses/lossRange';

/** After each step. */
export type TrainingEvent = {
  /** Steps done, from 1, and in all. */
  step: number;
  steps: number;
  /** Epoch of this step, from 0. */
  epoch: number;
  epochs: number;
  /** Nats, where it is a cross-entropy. */
  loss: number;
  /** The task's: what the loss is worth when it says nothing. */
  range?: LossRange;
  learningRate: number;
  /** What `watch` measured on this step's outputs: alignment, uniformity, collapse … */
  metrics: Record<string, number>;
  imagesPerSecond: number;
};
