// What each part of a joint-embedding method does: taken out, put in, or turned, one at a time; and
// which methods collapse without it. Chen & He 2021 (SimSiam), arXiv:2011.10566, sec. 4 and 6.2;
// Grill et al. 2020 (BYOL), arXiv:2006.07733, sec. 5; Caron et al. 2021 (DINO), arXiv:2104.14294,
// sec. 5.3.

import {check} from '../../check';
import {methodStudy, type MethodRow, type MethodStudyOptions, type Variant} from '../methods/study';
import type {MethodSettings} from '../../methods/catalogue';
import {resultsFolder} from '../../study/resultsFolder';

/** Names of the ablations, in the order in which they are run and drawn. */
export const ablationNames = ['parts', 'predictor', 'batchNorm', 'batch', 'momentum', 'teacher', 'guard'] as const;
/** An ablation of the siblings study, see {@link ablations}. */
export type AblationName = (typeof ablationNames)[number];

/** One part of the methods, and the trainings that differ in it. */
export type Ablation = {
  title: string;
  /** What is the same in all of them, and what is turned. */
  about: string;
  /** What a line of the table is called, and the name of its variant. */
  lines: readonly (readonly [line: string, variant: string])[];
};

/** What a siamese method is made of. */
export type Parts = {
  /**
   * −cos to the target; the cross-entropy of picking it among those of other images; or the
   * cross-entropy to the cluster that it is assigned to.
   */
  loss: 'cosine' | 'negatives' | 'clusters';
  predictor: boolean;
  /**
   * The other view's: the encoder's own with the gradient that flows into it, the same without, or
   * that of a moving average.
   */
  target: 'gradient' | 'stop-gradient' | 'teacher';
};

/** As in 'cosine, no predictor, stop-gradient'. */
export const partsText = ({loss, predictor, target}: Parts): string =>
  `${loss}, ${predictor ? 'predictor' : 'no predictor'}, ${target}`;

type SiameseSettings = NonNullable<Extract<MethodSettings, {method: 'siamese'}>['options']>;

/** τ of the negatives, K of the clusters, and the teacher's momentum, here and in the ablations. */
const [TEMPERATURE, PROTOTYPES, MOMENTUM] = [0.2, 112, 0.99];
/**
 * Of {@link siblingPresets}, and the rate at it: at other batches it is the rate times the root of
 * the ratio.
 */
const [BATCH, RATE] = [128, 3e-3];

const losses: Record<Parts['loss'], Pick<SiameseSettings, 'negatives' | 'clusters'>> = {
  cosine: {},
  negatives: {negatives: {temperature: TEMPERATURE}},
  clusters: {clusters: {prototypes: PROTOTYPES}},
};
const targets: Record<Parts['target'], Pick<SiameseSettings, 'stopGradient' | 'teacher'>> = {
  gradient: {stopGradient: false},
  'stop-gradient': {},
  teacher: {teacher: MOMENTUM},
};

const siamese = (
  name: string,
  options: SiameseSettings,
  training: Partial<Variant> = {},
): Variant & {name: string} => ({...training, name, method: {method: 'siamese', options}});

/**
 * Every combination that makes sense: clusters have no gradient to stop, for Sinkhorn-Knopp has
 * none.
 */
export const combinations: readonly Parts[] = Object.keys(losses)
  .flatMap(loss =>
    [true, false].flatMap(predictor => Object.keys(targets).map(target => ({loss, predictor, target}) as Parts)),
  )
  .filter(({loss, target}) => !(loss === 'clusters' && target === 'gradient'));

/** Papers whose method a combination is, but for heads, views and rates. */
export const knownAs: Readonly<Record<string, string>> = {
  'cosine, predictor, stop-gradient': 'SimSiam',
  'cosine, predictor, teacher': 'BYOL',
  'negatives, no predictor, gradient': 'SimCLR',
  'negatives, predictor, teacher': 'MoCo v3',
  'clusters, no predictor, stop-gradient': 'SwAV',
};

const [simsiam, byol, swav] = [
  'cosine, predictor, stop-gradient',
  'cosine, predictor, teacher',
  'clusters, no predictor, stop-gradient',
] as const;
const clustered: SiameseSettings = {predictor: false, clusters: {prototypes: PROTOTYPES}};
const dino = (name: string, options: {centering?: boolean; sharpening?: boolean} = {}): Variant & {name: string} => ({
  name,
  method: {
    method: 'dino',
    options: {hidden: 512, bottleneck: 64, prototypes: PROTOTYPES, momentum: MOMENTUM, ...options},
  },
  optimizer: {name: 'adamW', rate: RATE / 3, decay: 0.04, clip: 3},
});

const trained: readonly (Variant & {name: string})[] = [
  ...combinations.map(parts =>
    siamese(partsText(parts), {
      ...losses[parts.loss],
      ...targets[parts.target],
      ...(!parts.predictor && {predictor: false}),
    }),
  ),
  siamese('fixed random predictor', {predictor: {rate: 'fixed'}}),
  siamese('decayed rate of the predictor', {predictor: {rate: 1}}),
  siamese('no BatchNorm in the heads', {
    projector: {batchNorm: false, last: 'bias'},
    predictor: {batchNorm: false, last: 'bias'},
  }),
  siamese('BatchNorm on hidden layers', {projector: {last: 'bias'}}),
  siamese('BatchNorm on all layers', {predictor: {last: 'batchNorm'}}),
  ...[16, 32, 64, 256, 512].map(batch =>
    siamese(
      `batch ${batch}`,
      {},
      {batch, optimizer: {name: 'adamW', rate: RATE * Math.sqrt(batch / BATCH), decay: 1e-4}},
    ),
  ),
  ...[0, 0.9, 0.999, 1].map(momentum => siamese(`momentum ${momentum}`, {teacher: momentum})),
  dino('DINO'),
  dino('DINO without centering', {centering: false}),
  dino('DINO without sharpening', {sharpening: false}),
  dino('DINO without both', {centering: false, sharpening: false}),
  siamese('SimSiam without stop-gradient, no last BatchNorm', {stopGradient: false, projector: {last: 'nothing'}}),
  siamese('BYOL without predictor and teacher', {predictor: false, projector: {last: 'nothing'}}),
  siamese('SwAV without Sinkhorn-Knopp', {...clustered, clusters: {prototypes: PROTOTYPES, iterations: 0}}),
  {name: 'Barlow Twins', method: {method: 'barlowTwins'}},
  {name: 'Barlow Twins, λ = 0', method: {method: 'barlowTwins', options: {redundancy: 0}}},
  {name: 'VICReg', method: {method: 'vicreg'}},
  {name: 'VICReg without variance', method: {method: 'vicreg', options: {variance: 0}}},
  {name: 'VICReg without covariance', method: {method: 'vicreg', options: {covariance: 0}}},
];

const same = (...names: string[]) => names.map(name => [name, name] as const);

/** All ablations by name: title, what is the same, and the trainings that differ. */
export const ablations: Readonly<Record<AblationName, Ablation>> = {
  parts: {
    title: 'Loss, predictor and target',
    about:
      `The hub with SimSiam's heads. Negatives: the batch's other views, τ ${TEMPERATURE}; clusters: ` +
      `${PROTOTYPES} prototypes, Sinkhorn-Knopp; teacher: a moving average that keeps ${MOMENTUM} a step.`,
    lines: combinations
      .map(partsText)
      .map(name => [knownAs[name] ? `${name} (${knownAs[name].replace(' ', '\u00a0')})` : name, name]),
  },
  predictor: {
    title: "SimSiam's predictor",
    about: 'Cosine loss with stop-gradient.',
    lines: [
      ['none', 'cosine, no predictor, stop-gradient'],
      ['fixed random', 'fixed random predictor'],
      ['decayed rate', 'decayed rate of the predictor'],
      ['constant rate', simsiam],
    ],
  },
  batchNorm: {
    title: 'BatchNorm in the heads',
    about: 'SimSiam. Its default has one on all layers of the projector and on the hidden layer of the predictor.',
    lines: [
      ['none', 'no BatchNorm in the heads'],
      ['hidden layers', 'BatchNorm on hidden layers'],
      ['default', simsiam],
      ['all layers', 'BatchNorm on all layers'],
    ],
  },
  batch: {
    title: 'Batch size',
    about: `SimSiam for equally many epochs; the rate is ${RATE} times √(batch/${BATCH}), for AdamW.`,
    lines: [16, 32, 64, BATCH, 256, 512].map(batch => [String(batch), batch === BATCH ? simsiam : `batch ${batch}`]),
  },
  momentum: {
    title: "The teacher's momentum",
    about: 'The hub as BYOL; 0 is a copy of the last step, 1 the random network of the start.',
    lines: [0, 0.9, MOMENTUM, 0.999, 1].map(momentum => [
      String(momentum),
      momentum === MOMENTUM ? byol : `momentum ${momentum}`,
    ]),
  },
  teacher: {
    title: "DINO's centering and sharpening",
    about: `${PROTOTYPES} prototypes, two large crops.`,
    lines: same('DINO', 'DINO without centering', 'DINO without sharpening', 'DINO without both'),
  },
  guard: {
    title: 'What keeps a method from collapse',
    about: 'Each method as it is, and without its guard.',
    lines: [
      ['SimSiam', simsiam],
      ['SimSiam without stop-gradient', 'cosine, predictor, gradient'],
      ...same('SimSiam without stop-gradient, no last BatchNorm'),
      ['BYOL', byol],
      ...same('BYOL without predictor and teacher'),
      ['SimCLR', 'negatives, no predictor, gradient'],
      ['SimCLR without negatives', 'cosine, no predictor, gradient'],
      ['SwAV', swav],
      ...same(
        'SwAV without Sinkhorn-Knopp',
        'Barlow Twins',
        'Barlow Twins, λ = 0',
        'VICReg',
        'VICReg without variance',
        'VICReg without covariance',
        'DINO',
        'DINO without centering',
        'DINO without sharpening',
      ),
    ],
  },
};

export interface SiblingStudyOptions extends Omit<MethodStudyOptions, 'variants'> {
  /** @default all */
  ablations?: AblationName[];
}

/**
 * The trainings that ablations need, each once.
 * @throws RangeError for a name that is no ablation.
 */
export function variantsOf(names: readonly AblationName[]): Variant[] {
  for (const name of names)
    check(
      ablationNames.includes(name),
      'siblingStudy',
      `expected ablations of ${ablationNames.join(', ')}, got '${name}'`,
    );
  const wanted = new Set(names.flatMap(name => ablations[name].lines.map(([, variant]) => variant)));
  return trained.filter(({name}) => wanted.has(name));
}

/**
 * Trains all that the ablations compare, for each seed, and yields a row for each run, seed by
 * seed.
 * @throws as {@link methodStudy}.
 */
export function siblingStudy({
  ablations: names = [...ablationNames],
  folder = resultsFolder('siblings'),
  ...options
}: SiblingStudyOptions): AsyncGenerator<MethodRow, void, undefined> {
  return methodStudy({...options, folder, variants: variantsOf(names)});
}
