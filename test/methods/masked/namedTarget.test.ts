import assert from 'node:assert/strict';
import {test} from 'node:test';
import {tf} from '../../../lib/engine/tf';
import {namedTarget, targetNames, type TargetName} from '../../../lib/methods/masked/namedTarget';
import type {PatchTarget} from '../../../lib/methods/masked/patchTarget';
import type {Tokenizer} from '../../../lib/methods/masked/tokenizer';
import {close} from '../../close';
import {flat} from '../../flat';
import {images} from './predictors';

const of = {patch: 4, channels: 3};
const values = (name: TargetName) => namedTarget(name, of) as PatchTarget;

test('each name but tokens is a target as wide as it says; those of pixels give them back', async () => {
  for (const name of targetNames.filter(other => other !== 'tokens')) {
    const target = values(name);
    const {paint} = target;
    const said = await flat(() => target.of(images, 4), 1);
    assert.deepEqual(said.shape, [3, 16, target.width(4, 3)]);
    assert.equal(paint !== undefined, name !== 'hog');
    if (paint) close(tf.tidy(() => paint(said, images, 4)).dataSync(), values('pixels').of(images, 4).dataSync(), 1e-5);
  }
});

test('normalized pixels have mean 0 and unbiased variance 1 in each patch', () => {
  const said = values('normalizedPixels').of(images, 4);
  close(said.mean(2).dataSync(), Array(48).fill(0), 1e-5);
  close(said.square().sum(2).div(47).dataSync(), Array(48).fill(1), 1e-4);
});

test("tokens are those of a tokenizer of the backbone's patches and channels", () => {
  const {patch, vocabulary, initState} = namedTarget('tokens', {patch: 2, channels: 1}) as Tokenizer;
  assert.deepEqual([patch, initState().centers.shape], [2, [vocabulary, 4]]);
});

test('another name is refused', () => {
  assert.throws(
    () => namedTarget('colors' as 'hog', of),
    /^RangeError: namedTarget: expected pixels, normalizedPixels, hog, tokens, got 'colors'$/,
  );
});
