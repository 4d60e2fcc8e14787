// The row of one run: as it was finished, else trained and finished now.

import {provenance} from '../training/provenance';
import {openRun, type Run, type RunOptions} from '../training/run';

/** @throws What `train` throws, and as {@link openRun}; the run can be gone on with. */
export async function rowOf<Row>(
  folder: string,
  options: RunOptions,
  train: (run: Run<Row>) => Promise<Row>,
): Promise<Row> {
  const run = await openRun<Row>(folder, options, provenance());
  try {
    if (run.row) return run.row;
    const row = await train(run);
    await run.finish(row);
    return row;
  } finally {
    run.close();
  }
}
