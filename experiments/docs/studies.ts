// The table of studies: what is varied, after whom, and what the published rows took.

import {check} from '../../lib/check';
import type {Json} from '../../lib/json';
import {published} from '../../lib/study/publish';
import {markdownTable} from '../benchmarks/markdown';
import {studyTime} from '../benchmarks/study';
import {program} from '../study';

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
    data: emoji,
  },
  methods: {dial: 'method, after equal epochs and at equal compute', papers: [], data: emoji},
  siblings: {
    dial: 'parts of joint-embedding methods',
    papers: ['Chen & He 2021 2011.10566', 'Grill et al. 2020 2006.07733'],
    data: emoji,
  },
  attmask: {dial: "masking of iBOT's student", papers: ['Kakogeorgiou et al. 2022 2203.12719'], data: emoji},
  'mask-ratio': {dial: 'share of patches that is hidden (MAE)', papers: mae, data: emoji},
  'mask-strategy': {dial: 'which patches are hidden', papers: mae, data: emoji},
  'mask-design': {dial: 'target, mask token, decoder', papers: mae, data: emoji},
  'view-crop': {dial: 'share of the image that a crop shows', papers: infoMin, data: emoji},
  'view-jitter': {dial: 'strength of the color jitter', papers: infoMin, data: emoji},
  'view-frequency': {dial: 'blur that separates a coarse from a fine view', papers: infoMin, data: emoji},
  'view-distance': {dial: 'distance of two patches', papers: infoMin, data: 'earth-32'},
  'view-drawing': {dial: 'share of pairs drawn by two artists', papers: infoMin, data: emoji},
  'shared-factors': {dial: 'factors that two views share', papers: infoMin, data: 'generated-factors-32-digit'},
  'color-spaces': {
    dial: 'color space whose channels are the views',
    papers: ['Tian et al. 2020 1906.05849', ...infoMin],
    data: emoji,
  },
  encoders: {dial: 'encoder, with all labels', papers: [], data: objects},
};

type Rows = Parameters<typeof studyTime>[0] & {
  rows: readonly {seed: number; epochs: number}[];
  provenance: Record<string, Json>;
};

/**
 * Every study that the terminal knows, in its order.
 * @throws RangeError for one that has no facts here.
 */
function studies(): {name: string; facts: StudyFacts}[] {
  return program.commands.map(command => {
    const name = command.name();
    const facts = studyFacts[name];
    check(
      facts !== undefined,
      'studies',
      `expected facts of every study, got none of ${name}: add them to experiments/docs/studies.ts`,
    );
    return {name, facts};
  });
}

/** A line a study. */
export const studyList = (): string =>
  studies()
    .map(({name, facts}) => `- \`${name}\`: ${facts.dial}`)
    .join('\n');

/** A line a study, with what its published rows took. */
export function studyTable(): string {
  const lines = studies().map(({name, facts: {dial, papers, data}}) => {
    const {rows, provenance} = published<Rows['rows'][number] & {run: string; minutes: number}>(
      name,
      `${data}-default`,
    );
    const {trainings, minutes} = studyTime({rows, provenance});
    const seeds = new Set(rows.map(({seed}) => seed)).size;
    const epochs = rows.map(row => row.epochs).filter(count => count > 0);
    const [least, most] = [Math.min(...epochs), Math.max(...epochs)];
    const sources = papers.map(paper => paper.replace(/ (\S+)$/, ', [arXiv:$1](https://arxiv.org/abs/$1)')).join('; ');
    return [
      `\`${name}\``,
      sources,
      dial,
      data,
      `${trainings} (${seeds} seeds)`,
      least === most ? String(least) : `${least} to ${most}`,
      (minutes / trainings).toFixed(1),
      (minutes / 60).toFixed(1),
    ];
  });
  return markdownTable(
    ['study', 'paper', 'dial', 'data set', 'runs', 'epochs', 'minutes a run, one core', 'core hours'],
    lines,
  );
}
