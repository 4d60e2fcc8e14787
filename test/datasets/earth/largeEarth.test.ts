// Runs on the maps of the npm package.

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {earthMaps} from '../../../lib/datasets/earth/earthSources';
import {largeEarth} from '../../../lib/datasets/earth/largeEarth';

test('parts of continents, mostly land, for patches of 64 that lie 384 apart; South America is held out', async () => {
  const {
    images: [map],
    areas,
    mean,
  } = await largeEarth();
  assert.deepEqual([map!.height, map!.width, map!.pixels.length], [2048, 4096, 2048 * 4096 * 3]);
  assert.deepEqual([areas.pretrain.length, areas.test.length], [3, 1]);
  assert.ok(
    mean.every(value => value > 0.1 && value < 0.6),
    `${mean}`,
  );
  const {water} = await earthMaps();
  for (const {top, left, height, width} of [...areas.pretrain, ...areas.test]) {
    assert.ok(Math.min(height, width) >= 448, `${height} × ${width}`);
    let dry = 0;
    for (let y = 0; y < height; y += 2)
      for (let x = 0; x < width; x += 2)
        dry += Number(water.pixels[((top + y) >> 1) * water.width + ((left + x) >> 1)]! < 128);
    const share = dry / (Math.ceil(height / 2) * Math.ceil(width / 2));
    assert.ok(share > 0.55, `${share} of the area from ${top}, ${left} on is land`);
  }
});
