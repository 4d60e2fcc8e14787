// Lets the rest of the process have its turn between two pieces of long work, so that an interrupt is heard.

/** @throws The signal's reason when it is aborted, before or during the turn. */
export async function macrotask(signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  await new Promise(resolve => setImmediate(resolve));
  signal?.throwIfAborted();
}
