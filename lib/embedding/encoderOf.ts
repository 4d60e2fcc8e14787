// The encoder that a training has made so far: its parameters with BatchNorm statistics measured
// over the data set.

import {compile} from '../engine/compile';
import type {tf} from '../engine/tf';
import type {Embeddings, Encoder} from './embed';
import type {Method, Params, TrainingImages} from '../module';
import {dispose} from '../engine/params';
import {batchNormStatistics} from './batchNormStatistics';

/** What a training leaves: an encoder to evaluate, and its parameters. */
export interface TrainedEncoder<P extends Params = Params> {
  /** For {@link embed}, compiled. It stays as it is when the training goes on. */
  encoder: Encoder;
  /** Copies of the training's parameters. */
  params: P;
  /** For {@link exportBackbone}. */
  backbone: {params: Params; statistics: Params};
  /** `running_mean` and `running_var` of each BatchNorm. */
  statistics: Params;
  /** Frees the encoder and its tensors. */
  dispose(): void;
}

/**
 * The encoder of a training as it stands, ready to evaluate.
 *
 * @param training Where parameters and method state are taken from: a training, or anything else
 * that reads them as copies.
 * @param dataset Whose pretrain split the statistics are measured on, see
 * `batchNormStatistics`.
 */
export async function encoderOf<P extends Params, S extends Params>(
  method: Pick<Method<never, P, S>, 'embed' | 'backbone'>,
  training: {read(): {params: P; state: S; slots?: Params}},
  dataset: TrainingImages,
  {signal}: {signal?: AbortSignal} = {},
): Promise<TrainedEncoder<P>> {
  const {params, state, slots} = training.read();
  if (slots) dispose(slots);
  const holds: Params = {params, state};
  try {
    const statistics = (holds.statistics = await batchNormStatistics(
      (images, mode) => method.embed(params, state, images, mode),
      dataset,
      {holds: {params, state}, signal},
    ));
    const compiled = compile<{}, {images: tf.Tensor4D}, Params>(
      (_state, {images}) => {
        const {embedding, projection} = method.embed(params, state, images, {statistics});
        return {outputs: {embedding, ...(projection && {projection})}};
      },
      {},
      {images: {dtype: 'float32', shape: [null, null, null, dataset.shape[3]]}}, // views may be smaller
      {holds},
    );
    return {
      encoder: images => compiled.run({images}) as Embeddings,
      params,
      backbone: {
        params: method.backbone?.(params, state) ?? (params.backbone as Params),
        statistics: (statistics.backbone ?? {}) as Params,
      },
      statistics,
      dispose() {
        compiled.dispose();
        dispose(holds);
      },
    };
  } catch (error) {
    dispose(holds);
    throw error;
  }
}
