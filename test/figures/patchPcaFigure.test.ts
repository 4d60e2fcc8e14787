import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {PatchPca} from '../../lib/analysis/patchPca';
import {patchPcaFigure} from '../../lib/figures/patchPcaFigure';
import {hashed} from '../reference/hashed';
import {picture} from './sample';
import {isSound, matchesSnapshot} from './snapshot';

const [n, h, w] = [2, 8, 8];
// the second image is nearly all foreground
const scores = hashed('scores', [n, h, w], 2).map((score, i) => (i < 64 ? score : 0.7 + 0.4 * score));
const pca = (threshold: number): PatchPca => ({
  shape: [n, h, w],
  scores,
  threshold,
  clipped: 0.01,
  foreground: Uint8Array.from(scores, score => Number(score > threshold)),
  colors: new Float32Array(3 * n * h * w),
  explained: {first: 0.42, colors: [0.3, 0.2, 0.08]},
});
const drawn = {shown: [0, 1], first: [picture(), picture()], foreground: [picture(), picture()]};

test('three rows of pictures, and a histogram that is cut at the threshold', () => {
  const figure = patchPcaFigure([picture('cat'), picture('dog')], pca(0), drawn, {
    source: 'made up',
    credits: ['somebody'],
  });
  isSound(figure);
  matchesSnapshot(figure, __dirname, 'patchPcaFigure');
  assert.equal((figure.layout.images as unknown[]).length, 6);
  const [, behind, before] = figure.data as unknown as {x: number[]; y: number[]; width: number}[];
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  assert.ok(
    Math.abs(sum(before!.y) - (100 * sum([...pca(0).foreground])) / scores.length) < 1e-9,
    'the bars above the threshold are the foreground',
  );
  assert.ok(Math.abs(sum(before!.y) + sum(behind!.y) - 100) < 1e-9);
  assert.ok(
    Math.max(...behind!.x) + behind!.width / 2 <= 1e-9 && Math.min(...before!.x) - before!.width / 2 >= -1e-9,
    'no bar lies across the threshold',
  );
});

test('another threshold, among the scores', () => {
  const threshold = scores[5]!; // a patch at the threshold is background
  const {data} = patchPcaFigure([picture(), picture()], pca(threshold), drawn);
  const [, , before] = data as unknown as {y: number[]}[];
  const share = scores.filter(score => score > threshold).length / scores.length;
  assert.ok(Math.abs(before!.y.reduce((a, b) => a + b, 0) - 100 * share) < 1e-9);
});

test('some of the images that were analyzed', () => {
  const figure = patchPcaFigure([picture('dog')], pca(0), {shown: [1], first: [picture()], foreground: [picture()]});
  assert.equal((figure.layout.images as unknown[]).length, 3);
  assert.match(figure.alt, /^1 images, below each .* dog 9\d % foreground\. Histogram/);
  assert.deepEqual(figure.rows, patchPcaFigure([picture(), picture()], pca(0), drawn).rows);
});

test('pictures of another number are refused', () => {
  assert.throws(
    () => patchPcaFigure([picture()], pca(0), drawn),
    /^RangeError: patchPcaFigure: expected the 2 images that were drawn, got 1/,
  );
});
