import assert from 'node:assert/strict';
import {test} from 'node:test';
import {graphOf} from '../../lib/engine/graphOf';
import {tf} from '../../lib/engine/tf';
import {indices, step, store, weight} from './fittingStep';

test('each node knows the lines that made it; a gradient the call that it belongs to, what follows it does not', () => {
  const before = tf.memory().numTensors;
  const {origins} = graphOf(step, {weight}, {indices}, {store});
  assert.equal(tf.memory().numTensors, before);
  const found = Object.values(origins);
  const from = (place: RegExp, gradient: boolean) =>
    found.filter(
      ({calls, gradientOf}) => (gradientOf !== undefined) === gradient && place.test((gradientOf ?? calls)[0]!),
    );
  assert.ok(from(/^lossOf \(.*fittingStep\.ts:\d+:\d+\)$/, false).length >= 3);
  assert.ok(from(/^lossOf \(/, true).length >= 3);
  // its own gradients are made of tfjs's functions alone
  assert.ok(from(/lib[\\/]layers[\\/]unit\.ts/, true).length >= 3);
  assert.equal(from(/^after \(/, false).length, 3); // a factor, a product, a difference
  assert.equal(from(/^after \(/, true).length, 0);
  const [inUnit] = from(/layers[\\/]unit\.ts/, false);
  assert.ok(
    inUnit!.calls.some(call => call.startsWith('lossOf (')),
    `${inUnit!.calls}`,
  );
  assert.ok(found.every(({calls}) => calls.every(call => !/node_modules|[\\/]lib[\\/]engine[\\/]/.test(call))));
});

test('its nodes are those that the loss and the next state depend on, with what each takes', () => {
  const {nodes} = graphOf(step, {weight}, {indices}, {store});
  const names = new Set(nodes.map(({name}) => name));
  assert.ok(nodes.every(({inputs}) => inputs.every(input => names.has(input))));
  const labels = (kind: string) => nodes.filter(node => node.kind === kind).map(({label}) => label);
  assert.deepEqual([labels('state'), labels('held'), labels('input')], [['weight'], ['store'], ['indices']]);
  assert.ok(labels('operation').includes('GatherV2'));
  assert.ok(nodes.some(({gradient, kind}) => gradient && kind === 'operation'));
});
