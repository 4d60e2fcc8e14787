import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key} from '../../lib/engine/random';
import {xavierUniform} from '../../lib/layers/initial';

test('xavierUniform fills ±√(6/(inputs + outputs)) evenly: variance 2/(inputs + outputs)', () => {
  const values = xavierUniform(key(0), [100, 200], {in: 200, out: 100}).dataSync<'float32'>();
  const bound = Math.sqrt(6 / 300);
  const variance = values.reduce((sum, value) => sum + value ** 2, 0) / values.length;
  const [least, most] = [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
  assert.ok(least >= -bound && most <= bound && least < -0.99 * bound && most > 0.99 * bound, `${least} to ${most}`);
  assert.ok(Math.abs((variance * 300) / 2 - 1) < 0.03, `${variance}`);
});
