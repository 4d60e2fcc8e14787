// The temperature of NT-Xent as a dial: train SimCLR at each τ and seed, measure accuracy, uniformity and tolerance.
// Wang & Liu 2021, "Understanding the Behaviour of Contrastive Loss", arXiv:2012.09740.

/** Test accuracies of one encoder under one protocol, as shares 0 to 1. */
export type Accuracies = {
  /** Weighted k-NN on the backbone's embedding, on the projection. */
  knn: number;
  knnProjection: number;
  /** Linear probe on the backbone's embedding, on the projection. */
  linear: number;
  linearProjection: number;
};

/** One training: a temperature, a seed, and what came of it. */
export type TemperatureRow = {
  /** Identifier of the run, and the name of its folder. */
  run: string;
  dataset: string;
  temperature: number;
  seed: number;
  epochs: number;
  /** At the last epoch. */
  last: Accuracies;
  /** At the epoch with the best k-NN accuracy on the validation split. */
  chosen: Accuracies & {epoch: number};
  /** Of the projections of the test split: see lib/analysis for signs and units. */
  alignment: number;
  /** −log E exp(−2 ‖x − y‖²): larger is more uniform. */
  uniformity: number;
  tolerance: number;
  collapse: number;
  rankMe: number;
  /** Mean of the last epoch, in nats. */
  loss: number;
  /** Shares of cosine similarities of projections in 40 equal bins from −1 to 1: between two views of one image, and between different images. */
  positiveSimilarities: number[];
  negativeSimilarities: number[];
  /** How accuracies were measured, in words and numbers. */
  protocol: string;
  minutes: number;
  device: string;
};

/** The same protocol on features that were not trained. */
export type BaselineRow = {
  baseline: 'chance' | 'pixels' | 'hog' | 'untrained';
  dataset: string;
  /** Of the untrained encoder's initial weights; null where nothing is drawn. */
  seed: number | null;
  knn: number;
  linear: number;
  protocol: string;
};
