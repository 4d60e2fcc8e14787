// Runs jobs side by side, in their order, a fixed number at a time.

/**
 * @template T
 * @param {(() => Promise<T>)[]} jobs
 * @param {number} width How many run at once.
 * @returns {Promise<T[]>} Their results in order.
 */
export async function pool(jobs, width) {
  /** @type {T[]} */
  const results = new Array(jobs.length);
  let next = 0;
  await Promise.all(
    Array.from({length: Math.min(width, jobs.length)}, async () => {
      while (next < jobs.length) {
        const i = next++;
        results[i] = await jobs[i]();
      }
    }),
  );
  return results;
}
