import assert from 'node:assert/strict';
import {EventEmitter} from 'node:events';
import {afterEach, test} from 'node:test';
import {interruptSignal, unlessAborted} from '../lib/interrupt';
import {macrotask} from '../lib/macrotask';

const BUS = Symbol.for('ssl-workbench.interrupt');
const place = globalThis as {[BUS]?: EventEmitter};
afterEach(() => {
  place[BUS]?.emit('interrupt'); // so that no test sees the signal of another
  delete place[BUS];
});

test('an interrupt aborts what began before it, not what begins after', () => {
  const bus = (place[BUS] = new EventEmitter());
  const [first, second] = [interruptSignal(), interruptSignal()];
  bus.emit('interrupt');
  assert.ok(first.aborted && second.aborted);
  assert.throws(() => first.throwIfAborted(), {name: 'AbortError', message: 'interrupted'});
  const third = interruptSignal();
  assert.ok(!third.aborted);
  bus.emit('interrupt');
  assert.ok(third.aborted);
});

test('a thousand pieces of work leave one listener', () => {
  const bus = (place[BUS] = new EventEmitter());
  for (let i = 0; i < 1000; i++) interruptSignal();
  assert.equal(bus.listenerCount('interrupt'), 1);
});

test('work in pieces hears it without being given a signal', async () => {
  const bus = (place[BUS] = new EventEmitter());
  const work = (async () => {
    for (;;) await macrotask();
  })();
  setImmediate(() => bus.emit('interrupt'));
  await assert.rejects(work, {name: 'AbortError'});
});

test('waiting ends with the interrupt, and otherwise with what is waited for', async () => {
  const bus = (place[BUS] = new EventEmitter());
  assert.equal(await unlessAborted(Promise.resolve(7)), 7);
  await assert.rejects(unlessAborted(Promise.reject(new Error('broken'))), /broken/);
  const waiting = unlessAborted(new Promise(() => {}));
  setImmediate(() => bus.emit('interrupt'));
  await assert.rejects(waiting, {name: 'AbortError'});
  const late = AbortSignal.abort(new Error('too late'));
  await assert.rejects(unlessAborted(Promise.resolve(7), late), /too late/);
  await assert.rejects(unlessAborted(Promise.reject(new Error('nobody hears of it')), late), /too late/);
  const {signal} = new AbortController();
  const listening = test.mock.method(signal, 'removeEventListener');
  await unlessAborted(Promise.resolve(), signal);
  // a long training leaves no listener for each of its steps
  assert.equal(listening.mock.callCount(), 1);
});

test('outside a notebook nothing is interrupted, and no signal handler is set', () => {
  const before = process.listenerCount('SIGINT');
  assert.ok(!interruptSignal().aborted);
  assert.equal(process.listenerCount('SIGINT'), before);
});
