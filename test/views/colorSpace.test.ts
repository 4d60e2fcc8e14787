import assert from 'node:assert/strict';
import {test} from 'node:test';
import {tf} from '../../lib/engine/tf';
import {colorSpaceNames, toColorSpace, type ColorSpace} from '../../lib/views/colorSpace';
import {close} from '../close';
import {flat} from '../flat';
import reference from '../reference/colorSpaces.json';

const images = () =>
  tf.tensor4d(
    reference.levels.map(level => level / 255),
    reference.shape as [number, number, number, number],
  );

for (const space of colorSpaceNames.filter(name => name !== 'rgb') as Exclude<ColorSpace, 'rgb'>[]) {
  test(`${space} equals scikit-image's`, () =>
    close(
      toColorSpace(images(), space).dataSync(),
      reference.spaces[space],
      space === 'lab' || space === 'ycbcr' ? 1e-3 : 1e-5,
    ));
}

test('RGB is the image itself, and nothing is left in memory', async () => {
  const own = images();
  close(toColorSpace(own, 'rgb').dataSync(), own.dataSync(), 0);
  for (const space of colorSpaceNames) (await flat(() => toColorSpace(own, space), 1)).dispose();
});

test('an unknown space and gray images are refused', () => {
  assert.throws(
    () => toColorSpace(images(), 'cmyk' as ColorSpace),
    /^RangeError: toColorSpace: expected a color space of rgb, xyz, lab, yuv, ycbcr, ydbdr, hsv, got 'cmyk'/,
  );
  assert.throws(
    () => toColorSpace(tf.zeros([1, 2, 2, 1]), 'lab'),
    /^RangeError: toColorSpace: expected images of 3 channels, got \[1,2,2,1\]/,
  );
});
