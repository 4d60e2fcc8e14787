// slow: trains

import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {test} from 'node:test';
import {equalCompute, equalComputeStudy} from '../../../lib/studies/methods/equalCompute';
import {smallMethods} from '../../../lib/studies/methods/presets';
import {passes} from '../../../lib/study/passes';
import {trainingDefaults} from '../../../lib/study/trainingSettings';
import {tinyDataset} from '../../study/tinyDataset';

test("equal compute: within half an epoch of SimCLR's passes; methods that need no other number as they are", () => {
  const local = trainingDefaults.local;
  const equal = equalCompute(smallMethods, {epochs: 6, side: 32});
  assert.deepEqual(
    equal.flatMap(({name}) => name ?? []),
    [
      'instance discrimination, 12 epochs',
      'MoCo v2, 9 epochs',
      'MoCo v3, 5 epochs',
      'PCL, 7 epochs',
      'SwAV, 5 epochs',
      'BYOL, 5 epochs',
      'DINO, 4 epochs',
      'supervised, 12 epochs',
    ],
  );
  for (const variant of equal) {
    const each = passes({local, side: 32, ...variant});
    assert.ok(Math.abs((variant.epochs ?? 6) * each - 36) <= each / 2, variant.name);
  }
  assert.deepEqual(
    equal.map(({method}) => method),
    smallMethods.map(({method}) => method),
  );
});

test('the study: epochs are those of SimCLR, others follow from them', async () => {
  const found: [string, number][] = [];
  for await (const {variant, epochs} of equalComputeStudy({
    dataset: tinyDataset(),
    variants: [{method: {method: 'simclr'}}, {method: {method: 'supervised'}}],
    seeds: [0],
    epochs: 2,
    batch: 32,
    jobs: 1,
    folder: fs.mkdtempSync(path.join(os.tmpdir(), 'compute-')),
  }))
    found.push([variant, epochs]);
  assert.deepEqual(found, [
    ['SimCLR', 2],
    ['supervised, 4 epochs', 4],
  ]);
});
