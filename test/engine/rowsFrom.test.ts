import assert from 'node:assert/strict';
import {test} from 'node:test';
import {compile} from '../../lib/engine/compile';
import {rowsFrom} from '../../lib/engine/rowsFrom';
import {tf} from '../../lib/engine/tf';

test('rows of any rank and type from a place that changes in a recorded step', () => {
  const [x, y] = [tf.range(0, 24).reshape<tf.Tensor3D>([6, 2, 2]), tf.range(0, 6, 1, 'int32')];
  const compiled = compile<{}, {start: tf.Scalar}, {x: tf.Tensor; y: tf.Tensor}>(
    (_state, {start}) => ({outputs: {x: rowsFrom(x, start, 2), y: rowsFrom(y, start, 2)}}),
    {},
    {start: {dtype: 'int32', shape: []}},
  );
  for (const start of [4, 0, 3]) {
    const rows = compiled.run({start: tf.scalar(start, 'int32')});
    assert.deepEqual(rows.x.arraySync(), x.slice(start, 2).arraySync());
    assert.deepEqual([rows.y.dtype, rows.y.arraySync()], ['int32', [start, start + 1]]);
  }
  compiled.dispose();
});
