// Runs jobs side by side, in their order, a fixed number at a time.

/** @param jobs Functions that return promises. @returns Their results in order. */
export async function pool(jobs, width) {
  const results = new Array(jobs.length);
  let next = 0;
  await Promise.all(Array.from({length: Math.min(width, jobs.length)}, async () => {
    while (next < jobs.length) {
      const i = next++;
      results[i] = await jobs[i]();
    }
  }));
  return results;
}
