// slow: starts processes

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {compile} from '../../lib/engine/compile';
import {graphOf} from '../../lib/engine/graphOf';
import {tf} from '../../lib/engine/tf';
import {trace} from '../../lib/engine/trace';
import {indices, step, store, weight} from './fittingStep';

test('traced in another process, the step gives the same numbers; nodes and what lies between add up', async () => {
  const compiled = compile(step, {weight}, {indices: {dtype: 'int32', shape: [4]}}, {holds: {store}});
  const {loss} = compiled.run({indices});
  const {first, nodes, idle, seconds} = await trace(graphOf(step, {weight}, {indices}, {store}), {runs: 8, warmup: 2});
  assert.ok(Math.abs(first[1]! - loss.dataSync()[0]!) < 1e-6, `${first} ${loss.dataSync()}`);
  assert.deepEqual([first.length, first[0]], [2, 4]); // by name: count, loss
  assert.deepEqual([seconds.untraced.length, seconds.traced.length], [8, 8]);
  const total = nodes.reduce((sum, {microseconds}) => sum + microseconds, idle);
  assert.ok(total > 0 && total <= 1e6 * Math.max(...seconds.traced), `${total} of ${seconds.traced}`);
  const product = nodes.find(({operation, origin}) => /MatMul/.test(operation) && !origin?.gradientOf);
  assert.match(product!.origin!.calls[0]!, /^lossOf \(/);
  assert.ok(nodes.some(({operation}) => operation === 'AssignVariableOp'));
  tf.dispose(loss);
  compiled.dispose();
});

test('no runs, a graph that does not run, and an abort', async () => {
  const graph = graphOf(step, {weight}, {indices}, {store});
  await assert.rejects(trace(graph, {runs: 0}), /^RangeError: trace: expected runs a whole number from 1, got 0/);
  await assert.rejects(
    trace({...graph, written: ['nothing']}, {runs: 1}),
    /^Error: trace: expected Python to run the graph, it ended with code 1: .*nothing/,
  );
  const controller = new AbortController();
  const ended = assert.rejects(trace(graph, {signal: controller.signal}), /^Error: stop here/);
  controller.abort(new Error('stop here'));
  await ended;
});
