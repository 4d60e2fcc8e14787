import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key, normal, split} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {crossViewInformation} from '../../lib/information/crossViewInformation';
import {donskerVaradhan} from '../../lib/information/donskerVaradhan';
import {unit} from '../../lib/layers/unit';
import {heldOutInformation} from '../../lib/study/heldOutInformation';
import {flat} from '../flat';

test('I_NCE in groups of K, and Donsker-Varadhan of all pairs at once', async () => {
  const [first, noise] = split(key(1), 2).map(part => normal(part, [40, 6])) as [tf.Tensor2D, tf.Tensor2D];
  const second = first.add<tf.Tensor2D>(noise.mul(0.3));
  const options = {temperature: 0.5, k: 8};
  const measured = await flat(() => heldOutInformation({first, second}, options));
  const scores = tf.matMul(unit(first), unit(second), false, true).div<tf.Tensor2D>(0.5);
  assert.deepEqual(measured, {
    ...crossViewInformation(first, second, options),
    donskerVaradhan: donskerVaradhan(scores).dataSync()[0],
  });
  assert.ok(measured.information > 0.5 && measured.donskerVaradhan > 0.5);
  assert.throws(
    () => heldOutInformation({first, second}, {temperature: 0.5, k: 41}),
    /expected K from 2 to the 40 pairs, got 41/,
  );
});
