import assert from 'node:assert/strict';
import {test} from 'node:test';
import {key} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {classMixture} from '../../lib/information/classMixture';
import {infoNce} from '../../lib/information/infoNce';
import {ksg} from '../../lib/information/ksg';
import {flat} from '../flat';

test('information goes from log C, where classes lie apart, to nothing; the dial is its inverse', () => {
  const mixture = classMixture({classes: 5});
  assert.equal(mixture.informationOf(0.01), Math.log(5));
  assert.ok(
    Math.abs(mixture.informationOf(0.0501) - Math.log(5)) < 1e-6,
    'expected no step where the quadrature begins',
  );
  assert.ok(mixture.informationOf(30) < 1e-3);
  for (const information of [0.2, 0.8, 1.5])
    assert.ok(Math.abs(mixture.informationOf(mixture.dialOf(information)) - information) < 1e-9);
});

test('the truth is the mean of the log ratio, which bounds InfoNCE, and what KSG finds', () => {
  const mixture = classMixture({classes: 4});
  for (const information of [0.5, 1.2]) {
    const dial = tf.scalar(mixture.dialOf(information));
    const {x, y} = mixture.sample(key(2), 2000, dial);
    const ratio = mixture.logRatio(x, y, dial);
    const own = ratio.mul(tf.eye(2000)).sum(1);
    const standardError = tf.moments(own).variance.sqrt().dataSync()[0]! / Math.sqrt(2000);
    assert.ok(
      Math.abs(own.mean().dataSync()[0]! - information) < 3 * standardError,
      `${own.mean().dataSync()[0]} of ${information} ± ${standardError}`,
    );
    const estimate = infoNce(ratio).dataSync()[0]!;
    assert.ok(Math.abs(estimate - information) < 0.05, `${estimate} of ${information}`);
    const nearest = ksg(x.arraySync(), y.arraySync(), {k: 5});
    assert.ok(Math.abs(nearest - information) < 0.05 + 0.05 * information, `${nearest} of ${information}`);
    tf.dispose([dial, x, y, ratio, own]);
  }
});

test('p(x, y) / p(x) p(y) has mean 1 over pairs that do not belong together; nothing is left', async () => {
  const mixture = classMixture({classes: 3});
  const dial = tf.scalar(0.4);
  const {x, y} = mixture.sample(key(1), 1500, dial);
  const [other] = [mixture.sample(key(7), 1500, dial).y];
  const mean = mixture.logRatio(x, other, dial).exp().mean().dataSync()[0]!;
  assert.ok(Math.abs(mean - 1) < 0.05, `${mean}`);
  await flat(() => mixture.logRatio(x, y, dial), 1);
});

test('refuses in one line what has no answer', () => {
  assert.throws(
    () => classMixture({classes: 1}),
    /^RangeError: classMixture: expected classes a whole number from 2, got 1$/,
  );
  assert.throws(
    () => classMixture({classes: 4}).dialOf(2),
    /^RangeError: classMixture: expected an information between 0 and log 4 = 1\.386 nats, got 2$/,
  );
});
