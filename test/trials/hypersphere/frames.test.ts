// slow: trains

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {alignment} from '../../../lib/analysis/alignment';
import {uniformity} from '../../../lib/analysis/uniformity';
import {tf} from '../../../lib/engine/tf';
import {
  hypersphereStudy,
  type HypersphereFrame,
  type HypersphereStudyOptions,
} from '../../../lib/trials/hypersphere/frames';
import {compose} from '../../../lib/views/compose';
import {randomResizedCrop} from '../../../lib/views/crop';
import {normalize} from '../../../lib/views/normalize';
import {close} from '../../close';
import {flat} from '../../flat';
import {tinyDataset} from '../../study/tinyDataset';

const dataset = tinyDataset();
// recorded sooner than SimCLR's
const view = compose({crop: randomResizedCrop({size: 16, area: [0.4, 1]}), normalize: normalize(dataset)});
const options: HypersphereStudyOptions = {
  dataset,
  recipe: {first: view, second: view},
  temperatures: [0.2],
  width: 16,
  epochs: 3,
  batch: 40,
  frames: 3,
  images: 32,
};

async function framesOf(given: HypersphereStudyOptions): Promise<HypersphereFrame[]> {
  const frames = [];
  for await (const frame of hypersphereStudy(given)) frames.push(frame);
  return frames;
}

test('frames at fresh weights, on the way, at the end; each temperature and objective; no tensor stays', async () => {
  const alike = (z: tf.Tensor2D) => alignment(...(tf.split(z, 2) as [tf.Tensor2D, tf.Tensor2D]));
  const told: string[] = [];
  const frames = await flat(() =>
    framesOf({
      ...options,
      objectives: [{name: 'alignment only', loss: alike}],
      rate: 0.01,
      onEvent: ({step}, {index, runs, objective}) => told.push(`${index}/${runs} ${objective} ${step}`),
    }),
  );
  assert.deepEqual(
    frames.map(({objective, step, steps}) => `${objective} ${step}/${steps}`),
    ['τ = 0.2', 'alignment only'].flatMap(name => [0, 2, 6, 12].map(step => `${name} ${step}/12`)),
  );
  assert.deepEqual(
    told,
    ['τ = 0.2', 'alignment only'].flatMap((name, index) =>
      Array.from({length: 12}, (_, i) => `${index}/2 ${name} ${i + 1}`),
    ),
  );
  for (const {points, labels, step, loss, classes} of frames) {
    assert.deepEqual(
      labels.map(label => classes[label]),
      Array.from({length: 32}, (_, i) => classes[options.dataset.labels[160 + Math.floor((i * 40) / 32)]!]),
    );
    close(
      points.map(point => Math.hypot(...point)),
      points.map(() => 1),
      1e-5,
    );
    assert.equal(loss === null, step === 0);
  }
  assert.deepEqual(frames[4]!.points, frames[0]!.points, 'the same fresh weights for all');
  const [start, end] = [frames[4]!, frames[7]!];
  assert.ok(
    end.alignment < start.alignment / 2 && end.uniformity < start.uniformity,
    `alignment alone pulls all together: ${start.uniformity} to ${end.uniformity}`,
  );
});

test("the same seed gives the same frames, another others; a frame's numbers are those of its points", async () => {
  const short: HypersphereStudyOptions = {...options, recipe: undefined, dimensions: 3, epochs: 1, frames: 1};
  const frames = await framesOf({...short, seed: 1});
  assert.deepEqual(await framesOf({...short, seed: 1}), frames);
  const {points, labels, uniformity: stated, tolerance} = frames.at(-1)!;
  assert.equal(points[0]!.length, 3);
  close(
    tf.tidy(() => uniformity(tf.tensor2d(points)).dataSync()),
    [stated],
    1e-5,
  );
  const cosines = points.flatMap((p, i) =>
    points.flatMap((q, j) =>
      i !== j && labels[i] === labels[j] ? [p.reduce((sum, value, axis) => sum + value * q[axis]!, 0)] : [],
    ),
  );
  close([cosines.reduce((a, b) => a + b, 0) / cosines.length], [tolerance], 1e-5);
  for await (const other of hypersphereStudy({...short, seed: 2})) {
    assert.notDeepEqual(other.points, frames[0]!.points);
    break;
  }
});

test('an interrupt ends it and leaves nothing, also when nobody waits for the next frame', async () => {
  const controller = new AbortController();
  await flat(() =>
    assert.rejects(
      framesOf({
        ...options,
        signal: controller.signal,
        onEvent: ({step}) => step === 3 && controller.abort(new DOMException('interrupted', 'AbortError')),
      }),
      {name: 'AbortError'},
    ),
  );
  await flat(async () => {
    for await (const {step} of hypersphereStudy(options)) if (step > 0) break;
  });
});

test('settings that make no frames are refused', async () => {
  const refused = (more: Partial<HypersphereStudyOptions>, message: RegExp) =>
    flat(() => assert.rejects(framesOf({...options, ...more}), message));
  await refused({temperatures: [0.1, 0]}, /^RangeError: hypersphereStudy: expected temperatures > 0, got 0/);
  await refused(
    {temperatures: [0.1, 0.1]},
    /^RangeError: hypersphereStudy: expected temperatures and objectives, each once, got τ = 0\.1, τ = 0\.1/,
  );
  await refused(
    {temperatures: []},
    /^RangeError: hypersphereStudy: expected temperatures and objectives, each once, got none/,
  );
  await refused(
    {frames: 13},
    /^RangeError: hypersphereStudy: expected frames from 1 to the number of steps, 12, got 13/,
  );
  await refused({dimensions: 4 as 3}, /^RangeError: hypersphereStudy: expected 2 or 3 dimensions, got 4/);
  await refused({images: 12}, /^RangeError: tolerance: expected at least 28 pairs/);
});
