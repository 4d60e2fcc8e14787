// The encoder that a training has made so far: its parameters with BatchNorm statistics measured over the data set.

import type {Dataset} from '../datasets/dataset';
import type {Encoder} from '../evaluation/embed';
import type {Method, Params} from '../module';
import {dispose} from '../params';
import {batchNormStatistics} from './batchNormStatistics';
import type {TrainingState} from './train';

export interface TrainedEncoder {
  /** For {@link embed}: it uses the tensors of the training, which must live and stand still as long. */
  encoder: Encoder;
  /** `running_mean` and `running_var` of each BatchNorm; freed by {@link dispose}. */
  statistics: Params;
  dispose(): void;
}

/** @param dataset Whose pretrain split the statistics are measured on, see {@link batchNormStatistics}. */
export async function encoderOf<P extends Params, S extends Params>(method: Pick<Method<never, P, S>, 'embed'>, {params, state}: Pick<TrainingState<P, S>, 'params' | 'state'>, dataset: Dataset,
  {signal}: {signal?: AbortSignal} = {}): Promise<TrainedEncoder> {
  const statistics = await batchNormStatistics((images, mode) => method.embed(params, state, images, mode), dataset, {signal});
  return {encoder: images => method.embed(params, state, images, {statistics}), statistics, dispose: () => dispose(statistics)};
}
