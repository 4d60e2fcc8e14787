// Lets the rest of the process have its turn between two pieces of long work, so that an interrupt
// is heard.

import {interruptSignal} from './interrupt';

/**
 * @param signal @default the notebook's Interrupt
 * @throws The signal's reason when it is aborted, before or during the turn.
 */
export async function macrotask(signal: AbortSignal = interruptSignal()): Promise<void> {
  signal.throwIfAborted();
  await new Promise(resolve => setImmediate(resolve));
  signal.throwIfAborted();
}
