// Where the course of a training is kept while it runs.

import type {HistoryLine, Run} from './run';

/** What a training notes in a {@link Run}, or where it is kept nowhere. */
export interface RunLog extends Pick<Run<unknown>, 'history' | 'rewind' | 'append'> {
  /** File in which the training is saved. @default it is not saved, and begins anew after an end */
  checkpoint?: string;
}

/** A log that lasts as long as the process. */
export function memoryLog(): RunLog {
  let lines: HistoryLine[] = [];
  return {
    history: () => [...lines],
    async rewind(step) {
      lines = lines.filter(line => line.step <= step);
    },
    append: line => void lines.push(line),
  };
}
