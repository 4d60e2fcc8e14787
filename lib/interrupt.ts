// The notebook's Interrupt button as an AbortSignal: long work takes it as the default of its
// option `signal`.

import type {EventEmitter} from 'node:events';

/**
 * Where the kernel's launcher (setup/kernel.cjs) puts the emitter that tells of interrupts. A
 * SIGINT listener anywhere else would kill the kernel.
 */
const BUS = Symbol.for('ssl-workbench.interrupt');

let current: AbortController | undefined;

/**
 * The signal of the next interrupt. All that asks before it comes shares one; what asks afterwards
 * gets a fresh one. So ask once, when the work begins.
 *
 * @returns Outside a notebook a signal that is never aborted: there Ctrl-C ends the process.
 */
export function interruptSignal(): AbortSignal {
  const bus = (globalThis as {[BUS]?: EventEmitter})[BUS];
  if (!bus) return new AbortController().signal;
  if (!current) {
    const controller = (current = new AbortController());
    bus.once('interrupt', () => {
      current = undefined;
      controller.abort(new DOMException('interrupted', 'AbortError'));
    });
  }
  return current.signal;
}

/**
 * What `work` gives, or the signal's reason as soon as it is aborted: then nobody waits for the
 * work any more.
 *
 * @param signal @default the notebook's Interrupt
 */
export async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal = interruptSignal()): Promise<T> {
  let stop!: () => void;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
  });
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop);
  try {
    return await Promise.race([aborted, work]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
