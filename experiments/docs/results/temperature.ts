// Results of the study `temperature`.

import {lossTitles} from '../../../lib/studies/temperature/lossTitles';
import type {TemperatureRow} from '../../../lib/studies/temperature/study';
import {markdownTable} from '../../benchmarks/markdown';
import {claim, grouped, meanOf, percent} from '../numbers';
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
  const {rows} = defaultRows<TemperatureRow>('temperature');
  const curve = (loss: TemperatureRow['loss'], of: (row: TemperatureRow) => number) => {
    const group = rows.filter(row => row.loss === loss);
    const values = [...new Set(group.map(row => row.temperature))].sort((a, b) => Number(a) - Number(b));
    return values.map(value => ({
      value,
      mean: meanOf(
        group.filter(row => row.temperature === value),
        of,
      ),
    }));
  };
  const falls = (points: readonly {mean: number}[]) =>
    points.every(({mean}, i) => i === 0 || mean <= (points[i - 1]?.mean ?? NaN) + 1e-9);
  const spread = (points: readonly {mean: number}[]) =>
    Math.max(...points.map(({mean}) => mean)) - Math.min(...points.map(({mean}) => mean));
  const uniformity = curve('contrastive', row => row.uniformity).slice(1);
  const hard = curve('hardContrastive', row => row.uniformity).slice(1);
  const knn = curve('contrastive', row => row.last.knn).slice(1);
  const linear = curve('contrastive', row => row.last.linear);
  const from = `τ = ${uniformity[0]?.value}`;
  const lowest = [...grouped(rows, nameOf)].sort(
    ([, a], [, b]) => meanOf(a, row => row.last.linear) - meanOf(b, row => row.last.linear),
  )[0];
  return [
    claim(falls(uniformity), `With the contrastive loss uniformity falls from ${from} on, as in the paper.`),
    claim(
      spread(hard) < 0.25 && spread(hard) < spread(uniformity) / 3,
      'When only the nearest negatives are kept (hard contrastive), it varies by ' +
        `${spread(hard).toFixed(2)} from there on, in place of ${spread(uniformity).toFixed(2)}.`,
    ),
    claim(lowest?.[0] === lossTitles.simple, 'The simple loss is last, also as in the paper.'),
    claim(falls(knn), `Not seen here: the paper's peak of accuracy at τ = 0.2 to 0.3. 20-NN falls from ${from} on,`),
    `and the means of the linear probe lie within ${percent(spread(linear))} points.`,
    'Twelve epochs are few, and the test split holds 945 drawings of only 189 emoji; notebooks 03 and 04 ' +
      'give the intervals.',
  ].join(' ');
}

const nameOf = ({loss, temperature}: TemperatureRow) =>
  `${lossTitles[loss]}${temperature === null ? '' : `, τ = ${temperature}`}`;
