// How far a study is: on a terminal a table that is redrawn, a row for each training that runs and
// one for the whole; in a file a few lines now and then.

import {progressText} from '../lib/notebook/progress';
import {runningRows, runningTrainings, type TrainingOfStudy} from '../lib/notebook/running';
import {table} from '../lib/notebook/table';
import type {TrainingEvent} from '../lib/training/event';

/** Milliseconds between two drawings on a terminal, and between two in a file. */
const [REDRAW, LINES] = [200, 30_000];

/** What of a stream is needed to draw on it. */
export type Screen = {isTTY?: boolean; columns?: number; write(text: string): unknown};

/** `step` shows where the runs stand, `done` writes a line that stays. */
export function progressTable(screen: Screen = process.stdout): {
  step(event: TrainingEvent, training: TrainingOfStudy): void;
  done(line: string): void;
} {
  const running = runningTrainings();
  const start = performance.now();
  let [last, drawn] = [-Infinity, 0];
  const erase = () => {
    // up to the table's first line, and nothing below
    if (drawn) screen.write(`\x1b[${drawn}A\x1b[J`);
    drawn = 0;
  };
  return {
    step(event, training) {
      running.add(event, training);
      const now = performance.now();
      if (now - last < (screen.isTTY ? REDRAW : LINES)) return;
      last = now;
      if (!screen.isTTY)
        return void screen.write(
          `${progressText({running: running.list(), rows: [], state: 'running', seconds: (now - start) / 1000})}\n`,
        );
      const lines = table(runningRows(running.list()))
        .text.split('\n')
        .map(line => line.slice(0, (screen.columns ?? 80) - 1));
      erase();
      screen.write(`${lines.join('\n')}\n`);
      drawn = lines.length;
    },
    done(line) {
      erase();
      screen.write(`${line}\n`);
      if (screen.isTTY) last = -Infinity; // the table comes back with the next step
    },
  };
}
