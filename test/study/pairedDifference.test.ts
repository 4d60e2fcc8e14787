import assert from 'node:assert/strict';
import {test} from 'node:test';
import {jStat} from 'jstat';
import {random} from '../../lib/scenes/random';
import {pairedDifference} from '../../lib/study/pairedDifference';

const run = (seed: number, text: string) => ({seed, dataset: 'made', hits: {knn: text, linear: text}});

test('the mean over the seeds that both have; test images alone with one seed', () => {
  const [a, b] = [[run(0, '1101'), run(1, '1111')], [run(1, '1001')]];
  const {mean, low, high, n} = pairedDifference(a, b, {reader: 'knn'});
  assert.deepEqual([mean, n], [0.5, 1]);
  const half = jStat.studentt.inv(0.975, 3) * Math.sqrt(1 / 3 / 4); // differences 0, 1, 1, 0
  assert.ok(Math.abs(high - (0.5 + half)) < 1e-6 && Math.abs(low - (0.5 - half)) < 1e-6);
});

test('both count: the variance of the seeds, and that of the images', () => {
  // of 1000 images the first 600, 610, 640 are right, against none
  const text = (right: number) => '1'.repeat(right) + '0'.repeat(1000 - right);
  const none = [0, 1, 2].map(seed => run(seed, text(0)));
  const {mean, high} = pairedDifference([run(0, text(600)), run(1, text(610)), run(2, text(640))], none);
  assert.ok(Math.abs(mean - 0.61667) < 1e-4);
  const shares = [0.6, 0.61, 0.64];
  const deviation = Math.sqrt(shares.reduce((sum, share) => sum + (share - mean) ** 2, 0) / 2);
  const [ofSeeds, ofImages] = [deviation ** 2 / 3, (mean * (1 - mean)) / 1000];
  const freedom = (ofSeeds + ofImages) ** 2 / (ofSeeds ** 2 / 2 + ofImages ** 2 / 999);
  const half = jStat.studentt.inv(0.975, freedom) * Math.sqrt(ofSeeds + ofImages);
  assert.ok(Math.abs((high - mean) / half - 1) < 0.03, `${high - mean} for ${half}`);
});

test('95 of 100 intervals of settings that differ by nothing hold 0', () => {
  const [seeds, images] = [3, 300];
  const hold = Array.from({length: 200}, (_, study) => {
    const r = random(study, 5);
    // what an image and a seed do to both settings, and what they do to one
    const easy = Array.from({length: images}, () => r());
    const made = () => {
      const moved = Array.from({length: images}, () => 0.3 * (r() - 0.5));
      return Array.from({length: seeds}, (_s, seed) => {
        const luck = 0.3 * (r() - 0.5);
        return run(seed, easy.map((chance, i) => Number(r() < chance + moved[i]! + luck)).join(''));
      });
    };
    const {low, high} = pairedDifference(made(), made());
    return low <= 0 && high >= 0;
  }).filter(Boolean).length;
  assert.ok(hold >= 180 && hold <= 198, `${hold} of 200`);
});

test('refused: no seed in common, families of other images', () => {
  assert.throws(
    () => pairedDifference([run(0, '10')], [run(1, '10')]),
    /^RangeError: hitDifferences: expected one run/,
  );
  assert.throws(
    () => pairedDifference([run(0, '10')], [run(0, '10')], {families: [1]}),
    /^RangeError: pairedDifference: expected a family for each of 2 test images, got 1$/,
  );
});
