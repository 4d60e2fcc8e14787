import assert from 'node:assert/strict';
import {afterEach, test} from 'node:test';
import {engineSettings} from '../../lib/engine/settings';

afterEach(() => {
  delete process.env.SSL_XLA;
  delete process.env.SSL_BFLOAT16;
});

test('the environment wins; bfloat16 is never chosen by itself', () => {
  process.env.SSL_XLA = '1';
  assert.deepEqual(engineSettings(), {xla: true, bfloat16: false});
  process.env.SSL_XLA = '0';
  process.env.SSL_BFLOAT16 = '1';
  assert.deepEqual(engineSettings(), {xla: false, bfloat16: true});
});

test('anything but 0 and 1 is refused', () => {
  process.env.SSL_XLA = 'yes';
  assert.throws(() => engineSettings(), /^Error: SSL_XLA: expected 0 or 1, got yes/);
});
