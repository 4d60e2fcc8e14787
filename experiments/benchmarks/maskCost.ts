// What: how long the encoder half and the decoder half of a masked autoencoder's step take at each
// mask ratio, forwards and backwards. Our side alone.
// Command:  npm run benchmark -- mask-cost
// Expected: experiments/published/benchmarks/mask-cost.json and its figure, in about two minutes on
// 2 cores.

import {median} from 'd3-array';
import {closeBrowser} from '../../lib/figures/browser';
import {exportFigure} from '../../lib/figures/exportFigure';
import {maskCostFigure} from '../../lib/studies/masks/costFigure';
import type {MaskCostOptions, MaskCostRow} from '../../lib/studies/masks/cost';
import {QUIET} from './load';
import {machines, markdownTable, three} from './markdown';
import {answer, ours} from './programs';
import {publish, published} from './publish';

/**
 * A turn, and the share of all processors that other programs took meanwhile; null where the system
 * does not tell.
 */
export type WatchedRow = MaskCostRow & {others: number | null};

/**
 * What is measured; `patienceSeconds`: how long to wait, in all, for other programs to be quiet.
 */
export type WatchedOptions = Omit<MaskCostOptions, 'signal'> & {patienceSeconds: number};

const settings: WatchedOptions = {rounds: 9, seconds: 0.6, patienceSeconds: 120};

/**
 * Measures, and writes rows and figure.
 * @throws Error when other programs disturbed most turns of a half.
 */
export async function maskCost({onLine}: {onLine(line: string): void}): Promise<string> {
  const {facts, rows} = await answer<{facts: object; rows: WatchedRow[]}>(ours('maskCost', settings));
  const good = undisturbed(rows);
  for (const line of linesOf(good))
    onLine(`${line.hidden} % hidden: encoder ${three(line.encoder)} ms, decoder ${three(line.decoder)} ms`);
  const file = await publish('mask-cost', {case: settings, facts, rows: good});
  await exportFigure(maskCostFigure(good), file.replace(/\.json$/, '.png'));
  await closeBrowser();
  return file;
}

/**
 * Turns during which nothing else ran.
 * @throws Error when they are not most of those of a half at a ratio.
 */
export function undisturbed(rows: readonly WatchedRow[], allowed = QUIET): WatchedRow[] {
  const good = rows.filter(({others}) => others === null || others <= allowed);
  for (const {half, ratio} of rows) {
    const [all, left] = [rows, good].map(
      some => some.filter(row => row.half === half && row.ratio === ratio).length,
    ) as [number, number];
    if (2 * left <= all)
      throw new Error(
        `maskCost: expected a machine with nothing else to do, got other programs during ${all - left} of ` +
          `${all} turns of the ${half} at ${ratio}: run it again when they have ended`,
      );
  }
  return good;
}

/** Milliseconds at each ratio: medians of the turns. */
function linesOf(rows: readonly MaskCostRow[]): {hidden: number; encoded: number; encoder: number; decoder: number}[] {
  return [...new Set(rows.map(({ratio}) => ratio))]
    .sort((a, b) => a - b)
    .map(ratio => {
      const at = rows.filter(row => row.ratio === ratio);
      const middle = (half: MaskCostRow['half']) =>
        1000 * (median(at.filter(row => row.half === half).map(({seconds}) => seconds)) ?? NaN);
      return {
        hidden: Number((100 * ratio).toFixed(1)),
        encoded: 100 * at[0]!.encoded,
        encoder: middle('encoder'),
        decoder: middle('decoder'),
      };
    });
}

/** The published cost as a table, or '' when there is none. */
export function maskCostTable(): string {
  const file = published<{rows: MaskCostRow[]}>('mask-cost');
  if (!file) return '';
  const [first, ...others] = linesOf(file.rows) as [ReturnType<typeof linesOf>[number]];
  const {backbone, decoder, batch} = file.rows[0]!;
  const share = (value: number, of: number) => `${three(value)} (${((100 * value) / of).toFixed(0)} %)`;
  return (
    `Milliseconds of the two halves of a masked autoencoder's step, forwards and backwards (${backbone}, ` +
    `a decoder of ${decoder}, ${batch} images), in brackets in percent of those at ${first.hidden} % ` +
    `hidden: ${machines([file])}.\n\n` +
    markdownTable(
      ['hidden', 'tokens encoded', 'encoder', 'decoder'],
      [first, ...others].map(line => [
        `${line.hidden} %`,
        `${three(line.encoded)} %`,
        share(line.encoder, first.encoder),
        share(line.decoder, first.decoder),
      ]),
    )
  );
}
