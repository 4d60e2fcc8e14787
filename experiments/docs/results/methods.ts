// Results of the studies `siblings` and `methods`: joint-embedding methods, their parts, and all of
// them under one protocol.

import {meanInterval} from '../../../lib/analysis/meanInterval';
import {illness} from '../../../lib/studies/methods/illness';
import type {MethodRow} from '../../../lib/studies/methods/study';
import {ablations, combinations, partsText} from '../../../lib/studies/siblings/study';
import {claim, difference, grouped, of, percent, points, meansText, word} from '../numbers';
import {defaultRows} from '../studyFacts';

const ill = (row: MethodRow) => illness(row) !== '';

export function siblingsText(): string {
  const {rows} = defaultRows<MethodRow>('siblings');
  const groups = grouped(rows, row => row.variant);
  const collapsed = combinations.map(partsText).filter(name => of(groups, name).some(ill));
  const expected = [
    'cosine, predictor, gradient',
    'cosine, no predictor, gradient',
    'cosine, no predictor, stop-gradient',
  ];
  const guard = ablations.guard.lines.map(([, variant]) => variant);
  const [unguarded, sound] = [
    guard.filter(name => of(groups, name).every(ill)),
    guard.filter(name => !of(groups, name).some(ill)),
  ];
  return [
    claim(
      collapsed.join(';') === expected.join(';') && collapsed.every(name => of(groups, name).every(ill)),
      `Of the ${word(combinations.length)} combinations of loss, predictor and target, ` +
        `${word(collapsed.length)} collapse, in every seed: the cosine loss whose target lets the gradient ` +
        `through, with and without a predictor, and stop-gradient without a predictor. SimSiam's and BYOL's ` +
        'papers report the same.',
    ),
    'A teacher without a predictor collapses in the papers and does not here, after 120 steps.',
    claim(
      unguarded.length + sound.length === guard.length,
      `The health panel names a fault in every seed of ${word(unguarded.length)} trainings without their ` +
        `guard, and in none of the ${word(sound.length)} others; notebooks 06 and 07 show both.`,
    ),
  ].join(' ');
}

export function methodsText(): string {
  const {rows, baselines} = defaultRows<MethodRow>('methods');
  const groups = grouped(rows, row => row.variant);
  const untrained = baselines
    .filter(({baseline}) => baseline === 'untrained')
    .map(({seed, knn, linear}) => ({seed, last: {knn, linear}}));
  const gain = (name: string, reader: 'knn' | 'linear') =>
    difference(of(groups, name), untrained, row => row.last[reader]);
  const selfTaught = [...groups.keys()].filter(name => name !== 'supervised');
  const above = selfTaught.filter(name => gain(name, 'knn').low > 0 && gain(name, 'linear').low > 0);
  const others = selfTaught.filter(name => !above.includes(name));
  const best = above.reduce((a, b) => (gain(b, 'linear').mean > gain(a, 'linear').mean ? b : a));
  const way = gain(best, 'linear').mean / gain('supervised', 'linear').mean;
  const hog = baselines.find(({baseline}) => baseline === 'hog')!;
  const aboveHog = (reader: 'knn' | 'linear') =>
    selfTaught.filter(name => meanInterval(of(groups, name).map(row => row.last[reader])).low > hog[reader]);
  return [
    `After ${word(rows[0]?.epochs ?? 0)} epochs ${word(above.length)} of ${word(selfTaught.length)} self-supervised ` +
      `methods are above their own untrained encoder, by 20-NN and by the linear probe, by more than the interval of ` +
      `${word(new Set(rows.map(({seed}) => seed)).size)} seeds; the probe gains ${meansText(
        above.map(name => gain(name, 'linear')),
        percent,
      )} points.`,
    `Not so ${others
      .map(name => `${name} (20-NN ${points(gain(name, 'knn').mean)}, linear ${points(gain(name, 'linear').mean)})`)
      .join(', ')}.`,
    `The best, ${best}, goes ${percent(way)} % of the way from untrained to supervised.`,
    `Above HOG (${percent(hog.knn)} % by 20-NN, ${percent(hog.linear)} % by the probe) by more than the interval: by ` +
      `20-NN ${aboveHog('knn').join(', ')}; by the probe ${aboveHog('linear').join(', ')}.`,
    'Notebook 08 has the table, equal compute and the intervals.',
  ].join(' ');
}
