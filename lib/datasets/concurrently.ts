// Runs asynchronous jobs, a few at a time.

/**
 * Calls `job` for 0 to `count` − 1 with at most `limit` of them under way, in order of their start.
 * The first failure is thrown after those under way have ended, and no further job starts.
 */
export async function concurrently(count: number, limit: number, job: (i: number) => Promise<void>): Promise<void> {
  let next = 0;
  let failed = false;
  const worker = async () => {
    while (next < count && !failed) {
      try {
        await job(next++);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const ends = await Promise.allSettled(Array.from({length: Math.min(limit, count)}, worker));
  const failure = ends.find(end => end.status === 'rejected');
  if (failure) throw failure.reason;
}

/**
 * Runs jobs as they come, at most `limit` at a time; the others wait for their turn, first come
 * first served.
 */
export function turns(limit: number): <T>(job: () => Promise<T>) => Promise<T> {
  let free = limit;
  const waiting: (() => void)[] = [];
  return async job => {
    if (free > 0) free--;
    else await new Promise<void>(resolve => waiting.push(resolve));
    try {
      return await job();
    } finally {
      const next = waiting.shift();
      if (next)
        next(); // hands its place on
      else free++;
    }
  };
}
