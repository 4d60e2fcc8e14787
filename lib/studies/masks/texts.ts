// What figures of masked autoencoders say beside their pictures, and what of a run they draw.

import {sum} from 'd3-array';
import type {MaskRow} from './study';
import type {PublishedMaskRow} from './published';
import type {Row} from '../../figures/figure';
import {distinct} from '../../figures/distinct';
import {provenanceText, tableRow} from '../../figures/measuredTexts';
import {sentences} from '../../figures/texts';

/**
 * What an encoder is worth, in percent of the test images at the last epoch; NaN where it was not
 * measured.
 */
export const maskMeasures = {
  knn: {name: 'k-NN', of: (row: MaskRow) => 100 * row.last.knn},
  linear: {name: 'linear probe', of: (row: MaskRow) => 100 * row.last.linear},
  fineTuned: {name: 'fine-tuned', of: (row: MaskRow) => (row.fineTuned ? 100 * row.fineTuned.last : NaN)},
} as const;
export type MaskMeasure = keyof typeof maskMeasures;

/** Not pre-trained: the encoder as it starts. */
export const isUntrained = ({settings}: MaskRow): boolean => settings.mask === null;

/** How accuracies were measured, in how many minutes, and whether seconds can be compared. */
export function maskProvenance(rows: readonly MaskRow[]): string {
  const tuned = rows.flatMap(({fineTuned}) => fineTuned ?? []);
  const machines = distinct(rows.map(({device}) => device)).length;
  return sentences(
    provenanceText(rows.filter(row => !isUntrained(row))),
    tuned.length > 0 &&
      `Fine-tuning: ${tuningText(rows)}; ${Math.round(sum(tuned, ({minutes}) => minutes))} minutes more.`,
    machines === 1
      ? 'All rows come from one machine, and so do their seconds.'
      : `Rows come from ${machines} machines: seconds are to be compared within one only.`,
  );
}

/** The protocol of pre-trained encoders, and what of it those from scratch do without. */
function tuningText(rows: readonly MaskRow[]): string {
  const protocols = (some: readonly MaskRow[]) => distinct(some.flatMap(({fineTuned}) => fineTuned?.protocol ?? []));
  const [own, scratch] = [protocols(rows.filter(row => !isUntrained(row))), protocols(rows.filter(isUntrained))];
  if (own.length !== 1 || scratch.length !== 1) return distinct([...own, ...scratch]).join(' | ');
  const [parts, others] = [own[0]!, scratch[0]!].map(protocol => protocol.split(/[,;] /)) as [string[], string[]];
  const without = parts.filter(part => !others.includes(part));
  return `${own[0]}${without.length ? `; from scratch without ${without.join(', ')}` : ''}`;
}

/** A row for a table. */
export const maskTableRow = (row: MaskRow): Row => {
  const {fineTuned, ...rest} = row;
  const {mask, target, maskTokenInEncoder, decoder} = row.settings;
  return {
    ...tableRow(rest),
    strategy: mask?.strategy ?? null,
    ratio: mask?.ratio ?? 0,
    target: target ?? null,
    maskTokenInEncoder: maskTokenInEncoder ?? false,
    decoder,
    fineTuned: fineTuned?.last ?? null,
    fineTunedChosen: fineTuned?.chosen ?? null,
    fineTunedEpoch: fineTuned?.epoch ?? null,
  };
};

/** Where published rows stand, each place once. */
export const maskSources = (rows: readonly PublishedMaskRow[]): string[] =>
  distinct(rows.map(row => `${row.source}, arXiv:${row.arxiv}, ${row.table}`));
