import assert from 'node:assert/strict';
import {test} from 'node:test';
import {cifar100} from '../../lib/datasets/cifar100';
import {fingerprint, loadOrigin} from '../../lib/datasets/origin';
import {pack, record, serving} from './cifar';

test('two label bytes: superclass first, then the class', () =>
  serving(async ({files, base, folder}) => {
    const {sha256} = pack(files, 'cifar-100-binary.tar.gz', 'cifar-100-binary', {
      'train.bin': Buffer.concat(Array.from({length: 10}, (_, i) => record([i % 2, i], i))),
      'test.bin': record([1, 3], 10),
      'coarse_label_names.txt': 'aquatic_mammals\nfish\n',
      'fine_label_names.txt': Array.from({length: 10}, (_, i) => `class_${i}`).join('\n'),
    });
    const set = await cifar100({base, folder, sha256, log: () => {}});
    assert.deepEqual(set.shape, [11, 32, 32, 3]);
    assert.equal(fingerprint(await loadOrigin(set.origin!)), fingerprint(set));
    assert.deepEqual([...set.labels], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 3]);
    assert.deepEqual([...set.superlabels], [0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 1]);
    assert.deepEqual(set.superclasses, ['aquatic_mammals', 'fish']);
    assert.equal(set.classes[3], 'class_3');
    assert.deepEqual([...set.images.subarray(10 * 3072, 10 * 3072 + 6)], [0, 10, 7, 1, 10, 7]);
    assert.deepEqual([set.splits.train.length, [...set.splits.validation], [...set.splits.test]], [9, [9], [10]]);
  }));
