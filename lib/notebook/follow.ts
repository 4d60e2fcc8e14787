// Runs a training or a study to its end while its progress is drawn under the cell, then puts the
// figure in its place.

import {randomUUID} from 'node:crypto';
import type {Figure, Row} from '../figures/figure';
import {trainingFigure} from '../figures/trainingFigure';
import {interruptSignal} from '../interrupt';
import type {TrainingEvent} from '../training/event';
import {cellOutput} from './output';
import {progressHtml, progressText, progressWarning, type Progress} from './progress';
import {runningTrainings, type TrainingOfStudy} from './running';
import {showFigure} from './show';
import {table} from './table';

/** Milliseconds between two drawings in a notebook, and between two lines of text elsewhere. */
const [REDRAW, LINE] = [100, 10_000];

/**
 * A generator; or, for a study whose trainings are to be seen too, a function that is given the
 * listener of their events.
 */
export type Followed<E, R> =
  | AsyncGenerator<E, R, undefined>
  | ((onEvent: (event: TrainingEvent, training?: TrainingOfStudy) => void) => AsyncGenerator<E, R, undefined>);

/**
 * A training: `const {events} = await follow(train(…))`.
 * A study: `const {events: rows} = await follow(onEvent => temperatureStudy({…, onEvent}), rows =>
 * temperatureFigure(rows))`.
 *
 * The notebook's Interrupt ends it at the next event, and at once where the generator listens to
 * {@link interruptSignal} itself, as all of this library do.
 *
 * @param draw The figure of all events, drawn at the end. @default loss and health for a training,
 * a table for other rows
 * @returns All events in order, and what the generator returned.
 * @throws What the generator throws; an AbortError after an interrupt. What was drawn so far stays.
 *
 * @example
 * ```ts
 * import {follow, openTraining, train, type Params, type Task, type TwoViews} from 'ssl-workbench';
 * async function watch(task: Task<TwoViews, Params, {}, Params>) {
 *   const {events} = await follow(train(task, openTraining(task)));
 *   return events.at(-1)?.loss;
 * }
 * ```
 */
export async function follow<E extends TrainingEvent | Row, R>(
  followed: Followed<E, R>,
  draw?: (events: E[]) => Figure | Promise<Figure>,
): Promise<{events: E[]; result: R}> {
  const output = cellOutput();
  const signal = interruptSignal();
  const [id, start] = [randomUUID(), performance.now()];
  const events: E[] = [];
  const rows: Row[] = [];
  const running = runningTrainings();
  let drawn = -Infinity;

  const redraw = (state: Progress['state'] = 'running') => {
    if (state === 'running' && performance.now() - drawn < (output.rich ? REDRAW : LINE)) return;
    drawn = performance.now();
    const now: Progress = {running: running.list(), rows, state, seconds: (performance.now() - start) / 1000};
    const text = [progressText(now), progressWarning(now)].filter(Boolean).join('\n');
    output.write(output.rich ? {'text/html': progressHtml(now), 'text/plain': text} : {'text/plain': text}, {id});
  };
  const onTraining = (event: TrainingEvent, of?: TrainingOfStudy) => {
    running.add(event, of);
    redraw();
    // also an interrupt that came while the generator waited for something that does not listen
    signal.throwIfAborted();
  };

  const generator = typeof followed === 'function' ? followed(onTraining) : followed;
  let result: R;
  try {
    redraw();
    for (;;) {
      const next = await generator.next();
      if (next.done) {
        result = next.value;
        break;
      }
      events.push(next.value);
      if (isTraining(next.value)) onTraining(next.value);
      else {
        rows.push(next.value);
        redraw();
        signal.throwIfAborted();
      }
    }
  } catch (error) {
    redraw(signal.aborted ? 'interrupted' : 'failed');
    // lets it free what it holds; does nothing when it has ended
    await generator.return(undefined as R);
    throw error;
  }
  if (draw) await showFigure(output, await draw(events), id);
  else if (isTrainings(events)) await showFigure(output, trainingFigure(events), id);
  else {
    const {html, text} = events.length ? table(rows) : {html: 'nothing was left to do', text: 'nothing was left to do'};
    output.write({'text/html': html, 'text/plain': text}, {id});
  }
  return {events, result};
}

const isTrainings = (events: readonly (TrainingEvent | Row)[]): events is readonly TrainingEvent[] =>
  events.length > 0 && events.every(isTraining);

function isTraining(event: TrainingEvent | Row): event is TrainingEvent {
  return ['step', 'steps', 'epoch', 'loss', 'imagesPerSecond'].every(name => typeof (event as Row)[name] === 'number');
}
