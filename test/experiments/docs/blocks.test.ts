import assert from 'node:assert/strict';
import {test} from 'node:test';
import {withBlocks} from '../../../experiments/docs/blocks';

const marked = (inside: string) => `before\n<!-- a: written by \`npm run docs\` -->${inside}<!-- end of a -->\nafter`;

test('only what stands between the marks is replaced, and twice is as once', () => {
  const once = withBlocks(marked('\nold\n'), {a: () => 'new\n'});
  assert.equal(once, marked('\n\nnew\n\n'));
  assert.equal(withBlocks(once, {a: () => 'new'}), once);
});

test('a mark that is missing or there twice, and a block that nothing writes', () => {
  assert.throws(() => withBlocks('no marks', {a: () => ''}), /^RangeError: withBlocks: expected one block between/);
  assert.throws(
    () => withBlocks(marked('') + marked(''), {a: () => ''}),
    /^RangeError: withBlocks: expected one block/,
  );
  assert.throws(() => withBlocks(marked(''), {}), /^RangeError: withBlocks: expected blocks of .*, got a/);
});
