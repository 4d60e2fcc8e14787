// The program of a job: loads a data set, then trains the runs that it is handed, one at a time,
// and tells its parent of each step and row. See jobs.ts.

import {check} from '../check';
import type {Dataset} from '../datasets/dataset';
import {fingerprint, loadOrigin} from '../datasets/origin';
import type {TrainingEvent} from '../training/event';
import type {Common, Order, Report} from '../study/jobs';
import {rowsOf} from '../study/study';
import {runsNamed} from './all';

let given: Common & {dataset: Dataset};

const tell = (report: Report) => void process.send!(report);

async function follow(order: Order): Promise<void> {
  if (order.kind === 'load') {
    const dataset = await loadOrigin(order.origin);
    check(
      fingerprint(dataset) === order.fingerprint,
      order.study,
      `expected the data set "${dataset.name}" as its loader gives it, got another one: it was changed ` +
        'after it was loaded, or its files were; choose jobs: 1',
    );
    given = {...order, dataset};
    tell({kind: 'ready', bytes: process.memoryUsage.rss()});
  } else {
    const rows: unknown[] = [];
    const onEvent = (event: TrainingEvent) =>
      tell({kind: 'event', part: order.part, event, bytes: 1024 * process.resourceUsage().maxRSS});
    for await (const row of rowsOf(runsNamed(given.study), {...given, dials: [order.dial], jobs: 1, onEvent}))
      rows.push(row);
    // when the run is given back
    for (const row of rows) tell({kind: 'row', part: order.part, row});
  }
}

process.on(
  'message',
  (order: Order) =>
    void follow(order).catch((error: unknown) =>
      tell({kind: 'error', error: error instanceof Error ? error : new Error(String(error))}),
    ),
);
process.once('disconnect', () => process.exit()); // the parent has ended
