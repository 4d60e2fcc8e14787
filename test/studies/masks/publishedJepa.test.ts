import assert from 'node:assert/strict';
import {test} from 'node:test';
import {ijepa2023, type PublishedJepaRow} from '../../../lib/studies/masks/publishedJepa';

const of = (ablation: PublishedJepaRow['ablation']) => ijepa2023.filter(row => row.ablation === ablation);
const accuracies = (ablation: PublishedJepaRow['ablation']) => of(ablation).map(row => row.accuracy);

test('every setting once, in shares, with its table', () => {
  assert.equal(new Set(ijepa2023.map(({ablation, setting}) => `${ablation}: ${setting}`)).size, ijepa2023.length);
  for (const {accuracy, setting} of ijepa2023) assert.ok(accuracy > 0.08 && accuracy < 0.71, setting);
  assert.deepEqual(
    [...new Set(ijepa2023.map(({table, ablation}) => `${table}: ${ablation}`))],
    [
      'Table 6: strategy',
      'Table 7: target',
      'Table 8: target scale',
      'Table 9: context scale',
      'Table 10: targets',
      'Table 11: target masking',
      'Table 12: predictor depth',
      'Table 14: predictor width',
    ],
  );
});

test('the default of the ViT-B stands in four tables with the same number, that of the ViT-L in two', () => {
  for (const [ablation, setting] of [
    ['strategy', 'multi-block'],
    ['target scale', '0.15 to 0.2'],
    ['context scale', '0.85 to 1'],
    ['targets', '4'],
  ] as const) {
    assert.equal(of(ablation).find(row => row.setting === setting)!.accuracy, 0.542, ablation);
    assert.ok(
      of(ablation).every(
        ({encoder, epochs, protocol}) => encoder === 'ViT-B/16' && epochs === 300 && protocol === 'linear',
      ),
    );
  }
  assert.deepEqual([of('target')[0]!.accuracy, of('predictor depth')[1]!.accuracy], [0.669, 0.669]);
});

test('the shape the paper reports: more targets and more context help, and targets have a best size', () => {
  for (const ablation of ['targets', 'context scale'] as const)
    assert.deepEqual(
      accuracies(ablation),
      accuracies(ablation).toSorted((a, b) => a - b),
    );
  assert.equal(accuracies('target scale').indexOf(Math.max(...accuracies('target scale'))), 3);
  assert.deepEqual(accuracies('strategy'), [0.542, 0.155, 0.202, 0.176]);
  assert.deepEqual([...accuracies('target masking'), ...accuracies('predictor width')], [0.673, 0.561, 0.707, 0.684]);
});
