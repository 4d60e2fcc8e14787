import assert from 'node:assert/strict';
import {test} from 'node:test';
import {memoryLog} from '../../lib/training/runLog';

test('keeps what is appended, drops what follows a step, and has no file', async () => {
  const log = memoryLog();
  [1, 2, 3].forEach(step => log.append({step, loss: step}));
  const before = log.history();
  await log.rewind(2);
  assert.deepEqual(log.history(), [
    {step: 1, loss: 1},
    {step: 2, loss: 2},
  ]);
  assert.equal(before.length, 3, 'a history that was read stays');
  assert.equal(log.checkpoint, undefined);
});
