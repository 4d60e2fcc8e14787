// A flow that was learned against two encoders, as plain data: a run of its own inside another
// run's folder. Tian et al. 2020 (InfoMin), "What Makes for Good Views for Contrastive Learning?",
// arXiv:2005.10243.

import path from 'node:path';
import type {Dataset} from '../../datasets/dataset';
import {tf} from '../../engine/tf';
import {couplingFlow, type CouplingFlow} from '../../layers/couplingFlow';
import {learnedViews, type LearnedViewsBatch} from '../../methods/contrastive/learnedViews';
import type {PairEncodersOptions} from '../../methods/contrastive/pairEncoders';
import type {Params, Source} from '../../module';
import {dispose, fromNames, leaves} from '../../engine/params';
import type {TrainingEvent} from '../../training/event';
import type {OptimizerSettings} from '../../training/namedOptimizer';
import type {ScheduleSettings} from '../../training/namedSchedule';
import type {Run, RunOptions} from '../../training/run';
import {disposeState} from '../../training/training';
import {trainRun, type Course} from '../../training/trainRun';
import {namedRecipe} from '../../views/recipes/namedRecipe';
import {labeledView} from '../../views/sources/labeledView';
import {oneView} from '../../views/sources/oneView';
import {rowOf} from '../../study/rowOf';
import {trainingOf} from '../../study/trainingSettings';

/** Which flow, and whether labels keep the class in both views. */
export type FlowSettings = {volumePreserving: boolean; labels: boolean};

/** Weights by their names, in rows. */
export type PlainWeights = {[name: string]: {shape: number[]; values: number[]}};

export type LearnedFlow = FlowSettings & {
  weights: PlainWeights;
  /**
   * Of the game, epoch by epoch: loss, I_NCE of the batch in nats, and with labels the mean
   * cross-entropy of the two classifiers.
   */
  course: Course;
  minutes: number;
};

export interface LearnedFlowOptions extends PairEncodersOptions, FlowSettings {
  dataset: Dataset;
  /** Epochs over the pretrain split; with labels as many steps over the training split. */
  epochs: number;
  batch: number;
  optimizer: OptimizerSettings;
  schedule: ScheduleSettings;
  temperature: number;
  smallestArea: number;
  seed: number;
  onEvent?(event: TrainingEvent): void;
  signal?: AbortSignal;
}

/** Plays the game of {@link learnedViews} to its end, or takes it as it was finished. */
export async function learnedFlow(
  run: Pick<Run<unknown>, 'folder'>,
  {
    dataset,
    volumePreserving,
    labels,
    epochs,
    batch,
    optimizer,
    schedule,
    temperature,
    smallestArea,
    seed,
    onEvent,
    signal,
    ...encoders
  }: LearnedFlowOptions,
): Promise<LearnedFlow> {
  const options: RunOptions = {
    volumePreserving,
    labels,
    epochs,
    batch,
    optimizer,
    schedule,
    temperature,
    smallestArea,
    seed,
  };
  const {pretrain, train} = dataset.splits;
  const recipe = namedRecipe({recipe: 'cropFlip', smallestArea}, dataset);
  return rowOf<LearnedFlow>(path.join(run.folder, 'flow'), options, async inner => {
    const source: Source<LearnedViewsBatch> = labels ? labeledView({dataset, recipe}) : oneView({dataset, recipe});
    const rounds = labels ? Math.max(1, Math.round((epochs * pretrain.length) / train.length)) : epochs;
    const task = {
      ...trainingOf({epochs: rounds, batch, optimizer, schedule}),
      source,
      seed,
      method: learnedViews({
        ...encoders,
        flow: {volumePreserving},
        temperature,
        ...(labels && {classes: dataset.classes.length}),
      }),
      watch: ({information, classification}: {information: tf.Scalar; classification?: tf.Scalar}) => ({
        information,
        ...(classification && {classification}),
      }),
    };
    try {
      const {evaluated, course, minutes} = await trainRun(inner, task, {
        evaluations: 1,
        onEvent,
        signal,
        async evaluate(training) {
          const state = training.read();
          try {
            return plain(state.params.flow);
          } finally {
            disposeState(state);
          }
        },
      });
      return {volumePreserving, labels, weights: evaluated.at(-1)!.evaluation, course, minutes};
    } finally {
      source.dispose();
    }
  });
}

const plain = (params: Params): PlainWeights =>
  Object.fromEntries(
    leaves(params).map(([name, tensor]) => [name, {shape: [...tensor.shape], values: [...tensor.dataSync()]}]),
  );

/** The flow and its weights as tensors, for flowViews; `dispose` frees them. */
export function flowOf({volumePreserving, weights}: Pick<LearnedFlow, 'volumePreserving' | 'weights'>): {
  flow: CouplingFlow;
  params: Params;
  dispose(): void;
} {
  const params = fromNames(Object.entries(weights).map(([name, {shape, values}]) => [name, tf.tensor(values, shape)]));
  return {flow: couplingFlow({volumePreserving}), params, dispose: () => dispose(params)};
}
