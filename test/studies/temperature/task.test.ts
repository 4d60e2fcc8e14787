import assert from 'node:assert/strict';
import {test} from 'node:test';
import {pickingRange} from '../../../lib/losses/lossRange';
import {contrastiveTask} from '../../../lib/studies/temperature/task';
import {tinyDataset} from '../../study/tinyDataset';

test('a task tells what the contrastive loss is worth when it says nothing; of other losses nothing', () => {
  const dataset = tinyDataset(16);
  const rangeOf = (options: Partial<Parameters<typeof contrastiveTask>[0]>) => {
    const {task} = contrastiveTask({dataset, temperature: 0.2, seed: 0, batch: 16, ...options});
    task.source.dispose();
    return task.range;
  };
  assert.deepEqual(rangeOf({}), pickingRange(31, 0.2));
  assert.deepEqual(rangeOf({method: 'moco', moco: {queue: 64, momentum: 0.9, groups: 2}}), pickingRange(65, 0.2));
  assert.deepEqual(rangeOf({method: 'instanceDiscrimination'}), pickingRange(160, 0.2));
  assert.equal(rangeOf({loss: 'hardContrastive'}), undefined);
});
