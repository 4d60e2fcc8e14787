// The program of a job: loads a data set, then trains the runs that it is handed, one at a time, and tells its parent of each step and row. See jobs.ts.

import {check} from '../check';
import type {Dataset} from '../datasets/dataset';
import {fingerprint, loadOrigin} from '../datasets/origin';
import type {TrainingEvent} from '../training/event';
import type {Order, Part, Report, StudyName} from './jobs';
import {temperatureStudy, type TemperatureStudyOptions} from './temperatureStudy';

type Study = {name: StudyName; dataset: Dataset};

let study: Study;

const tell = (report: Report) => void process.send!(report);

/** The rows of a study, computed in this process. */
function rowsOf({name, dataset}: Study, options: Part['options'], onEvent: (event: TrainingEvent) => void): AsyncGenerator<unknown> {
  switch (name) {
    case 'temperatureStudy': return temperatureStudy({...options, dataset, onEvent, jobs: 1} as TemperatureStudyOptions);
    default: return name satisfies never;
  }
}

async function follow(order: Order): Promise<void> {
  if (order.kind === 'load') {
    const dataset = await loadOrigin(order.origin);
    check(fingerprint(dataset) === order.fingerprint, order.study, `expected the data set "${dataset.name}" as its loader gives it, got another one: it was changed after it was loaded, or its files were; choose jobs: 1`);
    study = {name: order.study, dataset};
    tell({kind: 'ready', bytes: process.memoryUsage.rss()});
  } else {
    const rows: unknown[] = [];
    for await (const row of rowsOf(study, order.options, event => tell({kind: 'event', part: order.part, event, bytes: 1024 * process.resourceUsage().maxRSS}))) rows.push(row);
    for (const row of rows) tell({kind: 'row', part: order.part, row});   // when the run is given back
  }
}

process.on('message', (order: Order) => void follow(order).catch((error: unknown) => tell({kind: 'error', error: error instanceof Error ? error : new Error(String(error))})));
process.once('disconnect', () => process.exit());   // the parent has ended
