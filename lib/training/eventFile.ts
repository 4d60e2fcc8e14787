// A run whose history is an event file as well, for TensorBoard to draw while it trains.

import fs from 'node:fs';
import path from 'node:path';
import {openEventFile, type EventFile} from '../engine/eventFile';
import {macrotask} from '../macrotask';
import type {Json} from '../json';
import type {HistoryLine, Run} from './run';

/**
 * The same run. Where it goes on from a checkpoint its file is written anew out of the history, so
 * that each step is there once; that of a finished run, too. Between pieces of that work other work
 * of the process gets its turn.
 *
 * @param name Of the folder below the run's own that holds the file: TensorBoard's name of the run.
 */
export async function withEventFile<Row>(
  run: Run<Row>,
  name: string,
  {signal}: {signal?: AbortSignal} = {},
): Promise<Run<Row>> {
  const folder = path.join(run.folder, name);
  let file: EventFile | undefined;
  const write = (line: HistoryLine, time?: number) => file!.write(line.step, scalars(line), time);
  const close = () => {
    file?.close();
    file = undefined;
  };
  const begin = async () => {
    close();
    fs.rmSync(folder, {recursive: true, force: true});
    fs.mkdirSync(folder);
    file = openEventFile(folder);
    const history = run.history();
    // as if it had not been interrupted
    const start = Date.now() / 1000 - Number(history.at(-1)?.seconds ?? 0);
    for (const [i, line] of history.entries()) {
      if (i % 1000 === 0) await macrotask(signal);
      write(line, start + Number(line.seconds));
    }
  };
  if (run.row !== undefined) await begin().finally(close);
  return {
    ...run,
    async rewind(step) {
      await run.rewind(step);
      await begin();
    },
    append(line) {
      run.append(line);
      write(line);
    },
    close() {
      close();
      run.close();
    },
  };
}

/** All numbers of a line, those of an evaluation as "evaluation/accuracies/knn". */
function scalars({step: _, seconds: __, epoch: ___, ...line}: HistoryLine): Record<string, number> {
  const found: Record<string, number> = {};
  const walk = (value: Json | undefined, tag: string): void => {
    if (typeof value === 'number') found[tag] = value;
    else if (value && typeof value === 'object' && !Array.isArray(value))
      for (const [name, inner] of Object.entries(value)) walk(inner, tag ? `${tag}/${name}` : name);
  };
  walk(line, '');
  return found;
}
