// Which runs of a method study compare methods after equally many epochs, and which at equal
// compute.

import type {MethodRow} from './study';

/** Runs with the number of epochs that most of them have. */
export function atEqualEpochs(rows: readonly MethodRow[]): MethodRow[] {
  const epochs = usual(rows);
  return rows.filter(row => row.epochs === epochs);
}

/**
 * Of trainings that were repeated with another number of epochs, see `equalCompute`, the
 * repetition; of others, what there is.
 */
export function atEqualCompute(rows: readonly MethodRow[]): MethodRow[] {
  const epochs = usual(rows);
  const training = ({settings}: MethodRow) => JSON.stringify({...settings, epochs: null});
  const repeated = new Set(rows.filter(row => row.epochs !== epochs).map(training));
  return rows.filter(row => row.epochs !== epochs || !repeated.has(training(row)));
}

function usual(rows: readonly MethodRow[]): number | undefined {
  const runs = (epochs: number) => rows.filter(row => row.epochs === epochs).length;
  return rows.map(row => row.epochs).sort((a, b) => runs(b) - runs(a))[0];
}
