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
  const spread = (values: readonly number[]) => Math.max(...values) - Math.min(...values);
  const all = curve('contrastive');
  const uniformities = all.map(({at}) => meanOf(at, row => row.uniformity));
  const peak = uniformities.indexOf(Math.max(...uniformities));
  const some = uniformities.slice(peak);
  const from = `τ = ${all[peak]?.τ}`;
  const lowest = [...grouped(rows, nameOf)].sort(
    ([, a], [, b]) => meanOf(a, row => row.last.linear) - meanOf(b, row => row.last.linear),
  )[0];
  const hog = baselines.find(({baseline}) => baseline === 'hog');
  const best = (reader: 'knn' | 'linear') => Math.max(...all.map(({at}) => meanOf(at, row => row.last[reader])));
  return [
    ...(['knn', 'linear'] as const).map(reader => hillText(all, reader)),
    claim(
      peak <= 2 && some.every((value, i) => i === 0 || value <= (some[i - 1] ?? NaN)),
      `With the contrastive loss uniformity falls from ${from} on, as in the paper.`,
    ),
    hardText(curve('hardContrastive').slice(peak), {from, ordinary: spread(some)}),
    claim(lowest?.[0] === lossTitles.simple, 'The simple loss is last, also as in the paper.'),
    `HOG reaches ${percent(hog?.knn ?? NaN)} and ${percent(hog?.linear ?? NaN)}, SimCLR at its best temperature ` +
      `${percent(best('knn'))} and ${percent(best('linear'))}.`,
  ].join(' ');
}

/** Projections all alike: less uniform than any that has learned. */
const isCollapsed = ({uniformity}: TemperatureRow) => uniformity < 0.1;

/** What hard sampling does to uniformity, in the seeds that got over their start. */
function hardText(curve: readonly Setting[], {from, ordinary}: {from: string; ordinary: number}): string {
  const seeds = [...new Set(curve.flatMap(({at}) => at.map(({seed}) => seed)))];
  const lost = seeds.filter(seed => curve.every(({at}) => at.filter(row => row.seed === seed).every(isCollapsed)));
  const means = curve.map(({at}) =>
    meanOf(
      at.filter(row => !lost.includes(row.seed)),
      row => row.uniformity,
    ),
  );
  const spread = Math.max(...means) - Math.min(...means);
  const some = lost.length > 0;
  return claim(
    spread < ordinary / 3,
    (some
      ? `When only the nearest negatives are kept (hard contrastive), ${lost.length} of ${seeds.length} seeds did ` +
        'not get over their start and mapped all images alike; in the others uniformity '
      : 'When only the nearest negatives are kept (hard contrastive), it ') +
      `varies by ${spread.toFixed(2)} from ${from} on, in place of ${ordinary.toFixed(2)}.`,
  );
}

type Setting = {τ: number | null; at: readonly TemperatureRow[]};

const readers = {knn: '20-NN', linear: 'The linear probe'} as const;

/** Where a reader's accuracy is best, and whether that is above both ends of the grid. */
function hillText(curve: readonly Setting[], reader: 'knn' | 'linear'): string {
  const best = greatest(curve, ({at}) => meanOf(at, row => row.last[reader]))!;
  const ends = [curve[0]!, curve.at(-1)!].filter(end => end !== best);
  const above = ends.map(end => ({end, ...pairedDifference(best.at, end.at, {reader})}));
  const texts = above.map(({end, ...interval}) => `${pointsText(interval)} above τ = ${end.τ}`);
  const verdicts = above.map(
    ({end, low}) => `the difference to τ = ${end.τ} is ${low > 0 ? 'decided' : 'not decided'}`,
  );
  return (
    `${readers[reader]} is best at τ = ${best.τ}, ${texts.join(' and ')}, paired by seed and image: ` +
    `${verdicts.join(', ')}.`
  );
}

const nameOf = ({loss, temperature}: TemperatureRow) =>
  `${lossTitles[loss]}${temperature === null ? '' : `, τ = ${temperature}`}`;
