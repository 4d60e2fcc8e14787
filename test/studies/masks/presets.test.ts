// slow: trains

import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {test} from 'node:test';
import {designVariants, maskDesignStudy} from '../../../lib/studies/masks/designStudy';
import {maskDesignPresets, maskRatioPresets, maskStrategyPresets} from '../../../lib/studies/masks/presets';
import {maskRatioStudy, ratioVariants} from '../../../lib/studies/masks/ratioStudy';
import {maskStrategyStudy, strategyVariants} from '../../../lib/studies/masks/strategyStudy';
import {maskStudy, type MaskRow, type MaskVariant} from '../../../lib/studies/masks/study';
import {maskName} from '../../../lib/studies/masks/task';
import {tinyDataset} from '../../study/tinyDataset';

const nameOf = ({name, mask, fineTune}: MaskVariant) => `${name ?? maskName(mask)}${fineTune ? ', fine-tuned' : ''}`;
const reference = ['not pre-trained, fine-tuned', 'random 75 %, fine-tuned'];

test('what the default presets train, by name', () => {
  const {ratio, strategy, design} = {
    ratio: ratioVariants(maskRatioPresets.default),
    strategy: strategyVariants(maskStrategyPresets.default),
    design: designVariants(maskDesignPresets.default),
  };
  assert.deepEqual(ratio.map(nameOf), [
    reference[0],
    'random 10 %, fine-tuned',
    'random 25 %',
    'random 40 %',
    'random 60 %',
    reference[1],
    'random 85 %',
    'random 95 %, fine-tuned',
  ]);
  assert.deepEqual(strategy.map(nameOf), [
    ...reference,
    'grid 75 %',
    'cells 75 %',
    'block 75 %',
    'inverseBlock 75 %',
    'random 50 %',
    'block 50 %',
  ]);
  assert.deepEqual(design.map(nameOf), [
    ...reference,
    'target pixels',
    'target hog',
    'target tokens',
    'target features',
    'mask token in the encoder',
    'decoder of 2 blocks',
    'decoder of 4 blocks',
    'decoder of 32 channels',
    'decoder of 128 channels',
  ]);
  const last = design.at(-1)!;
  assert.deepEqual(
    [last.decoder, design.at(-3)!.decoder],
    [
      {width: 128, depth: 1},
      {width: 64, depth: 4},
    ],
  );
});

test('the three differ in their variants alone: what they have in common is trained once', () => {
  for (const preset of ['smoke', 'default', 'paper'] as const) {
    const {load: _, ratios: __, fineTuned: ___, ...ratio} = maskRatioPresets[preset];
    const {load: ____, strategies: _____, ...strategy} = maskStrategyPresets[preset];
    const {load: ______, depths: _______, widths: ________, ...design} = maskDesignPresets[preset];
    assert.deepEqual(strategy, ratio);
    assert.deepEqual(design, ratio);
  }
  const shared = ratioVariants().filter(({mask}) => mask === null || mask.ratio === 0.75);
  assert.deepEqual(strategyVariants().slice(0, 2), shared);
  assert.deepEqual(designVariants(maskDesignPresets.default).slice(0, 2), shared);
});

test('rows of each, from one folder', async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'masks-'));
  const options = {
    dataset: tinyDataset(16),
    epochs: 1,
    batch: 32,
    decoder: {width: 32, depth: 1},
    fineTuning: {epochs: 1, batch: 32},
    seeds: [0],
    jobs: 1,
    folder,
  };
  const all = async (rows: AsyncGenerator<MaskRow>) => {
    const list: MaskRow[] = [];
    for await (const row of rows) list.push(row);
    return list;
  };
  const ratio = await all(maskRatioStudy({...options, ratios: [0.75], fineTuned: [0.75]}));
  assert.deepEqual(
    ratio.map(({variant}) => variant),
    ['not pre-trained', 'random 75 %'],
  );
  assert.deepEqual(await all(maskStrategyStudy({...options, strategies: []})), ratio);
  const trained: string[] = [];
  const stop = new AbortController();
  await assert.rejects(
    all(
      maskDesignStudy({
        ...options,
        signal: stop.signal,
        onEvent(_, {mask}) {
          trained.push(mask as string);
          stop.abort(new Error('enough'));
        },
      }),
    ),
    /enough/,
  );
  assert.deepEqual(trained, ['target pixels'], 'the first that is not there yet');
});

test('no variant of a preset is refused', async () => {
  const dataset = tinyDataset(32);
  for (const variants of [ratioVariants(), strategyVariants(), designVariants(maskDesignPresets.default)]) {
    const stop = new AbortController();
    stop.abort(new Error('before the first step'));
    await assert.rejects(
      maskStudy({
        dataset,
        variants,
        batch: 32,
        jobs: 1,
        folder: fs.mkdtempSync(path.join(os.tmpdir(), 'masks-')),
        signal: stop.signal,
      }).next(),
      /before the first step/,
    );
  }
});

test('the paper preset asks for ImageNet in data/imagenet', async () => {
  await assert.rejects(maskRatioPresets.paper.load(), /^RangeError: imageFolder: expected .*imagenet/);
});
