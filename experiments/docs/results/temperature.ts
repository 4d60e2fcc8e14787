// Results of the study `temperature`.

import {greatest} from 'd3-array';
import {lossTitles} from '../../../lib/studies/temperature/lossTitles';
import type {TemperatureRow} from '../../../lib/studies/temperature/study';
import {pairedDifference} from '../../../lib/study/pairedDifference';
import {markdownTable} from '../../benchmarks/markdown';
import {claim, grouped, meanOf, percent, pointsText} from '../numbers';
import {defaultRows} from '../studyFacts';

export function temperatureTable(): string {
  const {rows, baselines} = defaultRows<TemperatureRow>('temperature');
  const lines = [...grouped(rows, nameOf)].map(([name, group]) => [
    name,
    percent(meanOf(group, row => row.last.knn)),
    percent(meanOf(group, row => row.last.linear)),
    meanOf(group, row => row.uniformity).toFixed(2),
    meanOf(group, row => row.tolerance).toFixed(2),
  ]);
  const untrained = [...grouped(baselines, ({baseline}) => baseline)].map(([name, group]) => [
    name,
    percent(meanOf(group, row => row.knn)),
    percent(meanOf(group, row => row.linear)),
    '',
    '',
  ]);
  return markdownTable(['loss', '20-NN', 'linear', 'uniformity', 'tolerance'], [...lines, ...untrained]);
}

export function temperatureText(): string {
  const {rows, baselines} = defaultRows<TemperatureRow>('temperature');
  const curve = (loss: TemperatureRow['loss']) => {
    const group = rows.filter(row => row.loss === loss);
    const values = [...new Set(group.map(row => row.temperature))].sort((a, b) => Number(a) - Number(b));
    return values.map(τ => ({τ, at: group.filter(row => row.temperature === τ)}));
  };
  const uniformities = (loss: TemperatureRow['loss'], from: number) =>
    curve(loss)
      .slice(from)
      .map(({at}) => meanOf(at, row => row.uniformity));
  const spread = (values: readonly number[]) => Math.max(...values) - Math.min(...values);
  const [all, some] = [curve('contrastive'), uniformities('contrastive', 1)];
  const falls = some.every((value, i) => i === 0 || value <= (some[i - 1] ?? NaN));
  const hard = uniformities('hardContrastive', 1);
  const from = `τ = ${all[1]?.τ}`;
  const lowest = [...grouped(rows, nameOf)].sort(
    ([, a], [, b]) => meanOf(a, row => row.last.linear) - meanOf(b, row => row.last.linear),
  )[0];
  const hog = baselines.find(({baseline}) => baseline === 'hog');
  const best = (reader: 'knn' | 'linear') => Math.max(...all.map(({at}) => meanOf(at, row => row.last[reader])));
  return [
    ...(['knn', 'linear'] as const).map(reader => hillText(all, reader)),
    claim(falls, `With the contrastive loss uniformity falls from ${from} on, as in the paper.`),
    claim(
      spread(hard) < spread(some) / 3,
      'When only the nearest negatives are kept (hard contrastive), it varies by ' +
        `${spread(hard).toFixed(2)} from there on, in place of ${spread(some).toFixed(2)}.`,
    ),
    claim(lowest?.[0] === lossTitles.simple, 'The simple loss is last, also as in the paper.'),
    `HOG reaches ${percent(hog?.knn ?? NaN)} and ${percent(hog?.linear ?? NaN)}, SimCLR at its best temperature ` +
      `${percent(best('knn'))} and ${percent(best('linear'))}.`,
  ].join(' ');
}

type Setting = {τ: number | null; at: readonly TemperatureRow[]};

const readers = {knn: '20-NN', linear: 'The linear probe'} as const;

/** Where a reader's accuracy is best, and whether that is above both ends of the grid. */
function hillText(curve: readonly Setting[], reader: 'knn' | 'linear'): string {
  const best = greatest(curve, ({at}) => meanOf(at, row => row.last[reader]))!;
  const ends = [curve[0]!, curve.at(-1)!].filter(end => end !== best);
  const above = ends.map(end => ({end, ...pairedDifference(best.at, end.at, {reader})}));
  const texts = above.map(({end, ...interval}) => `${pointsText(interval)} above τ = ${end.τ}`);
  const decided = ends.length === 2 && above.every(({low}) => low > 0);
  return (
    `${readers[reader]} is best at τ = ${best.τ}, ${texts.join(' and ')}, paired by seed and image: ` +
    `the paper's hill${decided ? '' : ', which these rows do not decide'}.`
  );
}

const nameOf = ({loss, temperature}: TemperatureRow) =>
  `${lossTitles[loss]}${temperature === null ? '' : `, τ = ${temperature}`}`;
