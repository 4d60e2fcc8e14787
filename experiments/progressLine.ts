// One line that shows how far a training is: redrawn on a terminal, written now and then into a file.

import type {TrainingEvent} from '../lib/training/event';

/** Seconds between two lines where nothing can be redrawn. */
const SECONDS = 30;

/** `step` shows where a run stands, `done` writes a line that stays. */
export function progressLine(stream: NodeJS.WriteStream = process.stdout): {step(run: string, event: TrainingEvent): void; done(line: string): void} {
  let last = 0;
  return {
    step(run, {step, steps, loss, imagesPerSecond}) {
      const now = performance.now();
      if (now - last < (stream.isTTY ? 200 : 1000 * SECONDS)) return;
      last = now;
      const line = `${run}: step ${step} of ${steps}, loss ${loss.toFixed(3)}, ${imagesPerSecond.toFixed(0)} images/s`;
      stream.write(stream.isTTY ? `\r\x1b[2K${line.slice(0, stream.columns - 1)}` : `${line}\n`);
    },
    done(line) {
      stream.write(stream.isTTY ? `\r\x1b[2K${line}\n` : `${line}\n`);
    },
  };
}
