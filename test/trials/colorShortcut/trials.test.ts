// slow: trains

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {colorShortcutStudy, type ColorShortcutRow} from '../../../lib/trials/colorShortcut/trials';
import {close} from '../../close';
import {flat} from '../../flat';
import {tinyDataset} from '../../study/tinyDataset';

async function rowsOf(study: AsyncGenerator<ColorShortcutRow>): Promise<ColorShortcutRow[]> {
  const rows = [];
  for await (const row of study) rows.push(row);
  return rows;
}

test('a row for each seed at each strength; the same again; stronger jitter hides the colors', async () => {
  const options = {dataset: tinyDataset(), strengths: [0, 1], seeds: [0, 1], images: 32};
  const rows = await flat(() => rowsOf(colorShortcutStudy(options)));
  assert.deepEqual(
    rows.map(({seed, strength, images}) => [seed, strength, images]),
    [
      [0, 0, 32],
      [0, 1, 32],
      [1, 0, 32],
      [1, 1, 32],
    ],
  );
  assert.deepEqual(await rowsOf(colorShortcutStudy(options)), rows);
  for (const [crops, jittered] of [
    [rows[0]!, rows[1]!],
    [rows[2]!, rows[3]!],
  ] as const)
    assert.ok(crops.same > jittered.same, `${crops.same} and ${jittered.same}`);
});

test('a seed has the same crops at every strength: a jitter of next to nothing gives the same row', async () => {
  const [none, tiny] = await rowsOf(
    colorShortcutStudy({dataset: tinyDataset(), strengths: [0, 1e-6], seeds: [3], images: 32}),
  );
  close([tiny!.same, tiny!.different], [none!.same, none!.different], 2e-3);
});

test('too few images, a strength below 0 or beyond half a turn of hue are refused', async () => {
  await assert.rejects(
    rowsOf(colorShortcutStudy({dataset: tinyDataset(), images: 1e6})),
    /^RangeError: colorShortcutStudy: expected at most \d+ images/,
  );
  for (const strengths of [[-1], [2.6]])
    await assert.rejects(
      rowsOf(colorShortcutStudy({dataset: tinyDataset(), strengths})),
      /^RangeError: colorShortcutStudy: expected strengths from 0 to 2.5/,
    );
});
