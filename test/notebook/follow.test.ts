import assert from 'node:assert/strict';
import {EventEmitter} from 'node:events';
import {test} from 'node:test';
import type {Row} from '../../lib/figures/figure';
import {imageGrid} from '../../lib/figures/imageGrid';
import {follow} from '../../lib/notebook/follow';
import type {TrainingEvent} from '../../lib/training/event';
import {picture, trainingEvents} from '../figures/sample';
import {inKernel, onTerminal} from './kernel';

async function* training(steps: number, ended?: () => void): AsyncGenerator<TrainingEvent, string, undefined> {
  try {
    for (const event of trainingEvents(steps)) {
      await new Promise(resolve => setImmediate(resolve));
      yield event;
    }
    return 'trained';
  } finally {
    ended?.();
  }
}

test('progress first, the figure of all events in its place at the end', async () => {
  let followed: {events: TrainingEvent[]; result: string} | undefined;
  const start = performance.now();
  const messages = await inKernel(async () => {
    followed = await follow(training(500));
  });
  const elapsed = performance.now() - start;
  assert.equal(followed!.result, 'trained');
  assert.deepEqual(
    followed!.events.map(({step}) => step),
    Array.from({length: 500}, (_, i) => i + 1),
  );

  const [first, ...later] = messages;
  assert.equal(first!.update, false);
  assert.match(first!.data['text/html'] as string, /starting/);
  const [caption, final] = [later.pop()!, later.pop()!];
  assert.ok(final.update && final.transient.display_id === first!.transient.display_id);
  assert.ok('application/vnd.plotly.v1+json' in final.data && !('text/html' in final.data));
  assert.match(caption.data['text/plain'] as string, /^Figure\. Loss/);
  assert.ok(later.every(({update, transient}) => update && transient.display_id === first!.transient.display_id));
  assert.ok(later.length <= elapsed / 100 + 1, `${later.length} drawings in ${elapsed} ms: more than ten a second`);
});

test('progress says step, loss, speed and what is left', async () => {
  const messages = await inKernel(() => follow(slowly(training(12)), () => imageGrid([[picture()]], {title: ''})));
  const html = messages
    .map(({data}) => data['text/html'] as string)
    .findLast(text => /step \d+ of 12/.test(text ?? ''))!;
  assert.match(html, /step \d+ of 12, epoch \d of 2, loss \d\.\d{3}, 250 images\/s, about \d+ s left, \d+ s so far/);
  assert.match(html, /<polyline points="[\d., ]+"/);
  assert.match(html, /alignment: <b>0\.\d+<\/b>/);
  assert.doesNotMatch(html, /<script|NaN/);
});

test('the figure is the one that draw makes of the events', async () => {
  let seen = 0;
  const messages = await inKernel(() =>
    follow(training(7), async events => {
      seen = events.length;
      return imageGrid([[picture('drawn')]], {title: 'Mine'});
    }),
  );
  assert.equal(seen, 7);
  const final = messages.at(-2)!;
  assert.match(final.data['text/plain'] as string, /drawn/);
  assert.ok(final.update && final.transient.display_id === messages[0]!.transient.display_id);
});

test('a study: its trainings are seen while they run, its rows are the events', async () => {
  async function* study(
    onEvent: (event: TrainingEvent, training: {index: number; runs: number; temperature: number}) => void,
  ): AsyncGenerator<Row, void, undefined> {
    for (const [index, temperature] of [0.1, 1].entries()) {
      for await (const event of slowly(training(8))) onEvent(event, {index, runs: 2, temperature});
      yield {temperature, accuracy: 0.4};
    }
  }
  let rows: Row[] = [];
  const messages = await inKernel(async () => {
    ({events: rows} = await follow(study));
  });
  assert.deepEqual(rows, [
    {temperature: 0.1, accuracy: 0.4},
    {temperature: 1, accuracy: 0.4},
  ]);
  assert.ok(
    messages.some(({data}) => /^1 row, run 2 of 2, temperature 1, step \d of 8/.test(data['text/plain'] as string)),
  );
  assert.match(messages.at(-1)!.data['text/html'] as string, /<th scope="col" [^>]*>temperature<\/th>/);
});

test('an interrupt ends it at the next event, frees what the generator holds, and leaves what was drawn', async () => {
  const BUS = Symbol.for('ssl-workbench.interrupt');
  const bus = ((globalThis as {[BUS]?: EventEmitter})[BUS] = new EventEmitter());
  let [freed, steps] = [false, 0];
  try {
    const messages = await inKernel(() =>
      assert.rejects(
        follow(
          (async function* () {
            for await (const event of training(1000, () => {
              freed = true;
            })) {
              steps = event.step;
              if (event.step === 5) bus.emit('interrupt');
              yield event;
            }
          })(),
        ),
        {name: 'AbortError', message: 'interrupted'},
      ),
    );
    assert.deepEqual([freed, steps], [true, 5]);
    assert.match(messages.at(-1)!.data['text/plain'] as string, /^interrupted, step 5 of 1000/);
    assert.match(messages.at(-1)!.data['text/html'] as string, /<polyline/);
  } finally {
    delete (globalThis as {[BUS]?: EventEmitter})[BUS];
  }
});

test('an error of the generator passes through, and the display says so', async () => {
  const messages = await inKernel(() =>
    assert.rejects(
      follow(
        (async function* () {
          yield trainingEvents(1, 9)[0]!;
          throw new RangeError('the loss became NaN');
        })(),
      ),
      /^RangeError: the loss became NaN/,
    ),
  );
  assert.match(messages.at(-1)!.data['text/plain'] as string, /^failed, step 1 of 9/);
});

test('a sick training is named while it runs', async () => {
  const collapsed = trainingEvents(60).map(event => ({...event, metrics: {collapse: 0.01, dimensions: 1}}));
  const messages = await inKernel(() =>
    assert.rejects(
      follow(
        (async function* () {
          yield* collapsed;
          throw new Error('end');
        })(),
      ),
    ),
  );
  assert.match(messages.at(-1)!.data['text/html'] as string, /Collapse: all projections are nearly alike/);
});

test('nothing to do is said; outside a kernel lines go to the terminal', async () => {
  const messages = await inKernel(() => follow((async function* (): AsyncGenerator<Row, void, undefined> {})()));
  assert.equal(messages.at(-1)!.data['text/plain'], 'nothing was left to do');
  const text = await onTerminal(() => follow(training(5)));
  assert.match(text, /^starting, 0 s so far\ntraining: Curves over steps\. loss from 6\.000 to/);
});

/** Long enough for a drawing at each event. */
async function* slowly<E, R>(generator: AsyncGenerator<E, R, undefined>): AsyncGenerator<E, R, undefined> {
  for (;;) {
    const next = await generator.next();
    if (next.done) return next.value;
    await new Promise(resolve => setTimeout(resolve, 110));
    yield next.value;
  }
}
