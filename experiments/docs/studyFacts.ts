// What the pages say of each study, and its published rows.

import {published, type Published} from '../../lib/study/publish';

/** What the pages say of a study, and the data of its published rows. */
export type StudyFacts = {dial: string; papers: readonly string[]; data: string};

const emoji = 'drawn-emoji-32';
const objects = 'objects-32';
const mae = ['He et al. 2022 2111.06377'];
const infoMin = ['Tian et al. 2020 2005.10243'];

/** By the name of the command. */
export const studyFacts: Readonly<Record<string, StudyFacts>> = {
  temperature: {
    dial: 'temperature τ and loss of contrastive learning',
    papers: ['Wang & Liu 2021 2012.09740'],
    data: objects,
  },
  encoders: {dial: 'encoder, trained with labels', papers: [], data: objects},
  methods: {dial: 'method, after equal epochs', papers: [], data: objects},
  'equal-compute': {dial: 'method, at equal compute', papers: [], data: objects},
  siblings: {
    dial: 'parts of joint-embedding methods',
    papers: ['Chen & He 2021 2011.10566', 'Grill et al. 2020 2006.07733'],
    data: emoji,
  },
  attmask: {dial: "masking of iBOT's student", papers: ['Kakogeorgiou et al. 2022 2203.12719'], data: emoji},
  'mask-ratio': {dial: 'share of patches that is hidden (MAE)', papers: mae, data: emoji},
  'mask-strategy': {dial: 'which patches are hidden', papers: mae, data: emoji},
  'mask-design': {dial: 'target, mask token, decoder', papers: mae, data: emoji},
  'view-crop': {dial: 'share of the image that a crop shows', papers: infoMin, data: objects},
  'view-jitter': {dial: 'strength of the color jitter', papers: infoMin, data: objects},
  'view-frequency': {dial: 'blur that separates a coarse from a fine view', papers: infoMin, data: objects},
  'view-distance': {dial: 'distance of two patches', papers: infoMin, data: 'earth-32'},
  'view-drawing': {dial: 'share of pairs drawn by two artists', papers: infoMin, data: emoji},
  'shared-factors': {dial: 'factors that two views share', papers: infoMin, data: 'generated-factors-32-digit'},
  'color-spaces': {
    dial: 'color space whose channels are the views',
    papers: ['Tian et al. 2020 1906.05849', ...infoMin],
    data: emoji,
  },
};

/** The published rows of a study's preset `default`. */
export const defaultRows = <Row>(study: string): Published<Row> =>
  published<Row>(study, `${studyFacts[study]?.data}-default`);
