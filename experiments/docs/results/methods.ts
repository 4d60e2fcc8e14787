// Results of the studies `siblings` and `methods`: joint-embedding methods, their parts, and all of
// them under one protocol.

import {atEqualEpochs} from '../../../lib/studies/methods/atEqualCompute';
import {illness} from '../../../lib/studies/methods/illness';
import type {MethodRow} from '../../../lib/studies/methods/study';
import {ablations, combinations, partsText} from '../../../lib/studies/siblings/study';
import {claim, difference, grouped, of, percent, meansText, Word, word} from '../numbers';
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
  const {rows: all, baselines} = defaultRows<MethodRow>('methods');
  const rows = atEqualEpochs(all);
  const groups = [...grouped(rows, row => row.variant)];
  const untrained = baselines
    .filter(({baseline}) => baseline === 'untrained')
    .map(({seed, knn, linear}) => ({seed, last: {knn, linear}}));
  const gains = (reader: 'knn' | 'linear') =>
    groups
      .map(([name, group]) => ({name, gain: difference(group, untrained, row => row.last[reader])}))
      .sort((a, b) => a.gain.mean - b.gain.mean);
  const linear = gains('linear');
  const knn = gains('knn');
  const [least, most] = [linear[0], linear.at(-1)];
  const gained = knn.filter(({gain}) => gain.low > 0);
  const lost = knn.filter(({gain}) => gain.mean <= 0.01);
  const hog = baselines.find(({baseline}) => baseline === 'hog');
  const aboveHog = groups.filter(
    ([, group]) =>
      difference(
        group,
        group.map(({seed}) => ({seed, last: {knn: hog?.knn ?? NaN, linear: hog?.linear ?? NaN}})),
        row => row.last.linear,
      ).low > 0,
  ).length;
  return [
    claim(
      linear.every(({gain}) => gain.mean > 0),
      `After ${word(rows[0]?.epochs ?? 0)} epochs the linear probe is above the untrained encoder for all ` +
        `${word(groups.length)} methods, the supervised one among them, by ` +
        `${least && percent(least.gain.mean)} points (${least?.name}) to ${most && percent(most.gain.mean)} ` +
        `(${most?.name}); means of 3 seeds, of whose intervals ` +
        `${word(linear.filter(({gain}) => gain.low <= 0).length)} reach 0.`,
    ),
    `By 20-NN ${word(gained.length)} methods gain by more than their interval, ` +
      `${meansText(
        gained.map(({gain}) => gain),
        percent,
      )} points (${gained.map(({name}) => name).join(', ')});`,
    `the means of ${word(lost.length)} (${lost.map(({name}) => name).join(', ')}) are less than 1 point ` +
      'above it, or below.',
    `${aboveHog === 0 ? 'None' : Word(aboveHog)} ${aboveHog <= 1 ? 'is' : 'are'} above HOG ` +
      `(${hog && percent(hog.linear)} %) by the linear probe by more than the interval.`,
    'Notebook 08 has the table, equal compute and the intervals.',
  ].join(' ');
}
