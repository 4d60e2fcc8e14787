// What training tells while it runs.

/** After each step. */
export type TrainingEvent = {
  /** Steps done, from 1, and in all. */
  step: number;
  steps: number;
  /** Epoch of this step, from 0. */
  epoch: number;
  epochs: number;
  /** Nats. */
  loss: number;
  learningRate: number;
  /** What `watch` measured on this step's outputs: alignment, uniformity, collapse … */
  metrics: Record<string, number>;
  imagesPerSecond: number;
};
