import assert from 'node:assert/strict';
import {test} from 'node:test';
import {setImmediate} from 'node:timers/promises';
import {concurrently, turns} from '../../lib/datasets/concurrently';

test('every job runs once, never more than the limit at a time', async () => {
  let [running, most] = [0, 0];
  const seen: number[] = [];
  await concurrently(20, 3, async i => {
    most = Math.max(most, ++running);
    await setImmediate();
    running--;
    seen.push(i);
  });
  assert.deepEqual(
    seen.sort((a, b) => a - b),
    Array.from({length: 20}, (_, i) => i),
  );
  assert.equal(most, 3);
});

test('the first failure is thrown, and no further job starts', async () => {
  let started = 0;
  await assert.rejects(
    concurrently(1000, 2, async i => {
      started++;
      await setImmediate();
      if (i === 4) throw new Error('job 4');
    }),
    /job 4/,
  );
  assert.ok(started < 10, `${started} jobs started`);
});

test('turns: never more than the limit at a time, first come first served; a failure gives its place on', async () => {
  let [running, most] = [0, 0];
  const started: number[] = [];
  const turn = turns(2);
  const jobs = Array.from({length: 7}, (_, i) =>
    turn(async () => {
      started.push(i);
      most = Math.max(most, ++running);
      await setImmediate();
      running--;
      if (i === 1) throw new Error('job 1');
      return i;
    }),
  );
  const ends = await Promise.allSettled(jobs);
  assert.deepEqual(
    ends.map(end => end.status === 'fulfilled' && end.value),
    [0, false, 2, 3, 4, 5, 6],
  );
  assert.deepEqual(started, [0, 1, 2, 3, 4, 5, 6]);
  assert.equal(most, 2);
  assert.equal(await turn(async () => 'later'), 'later');
});
