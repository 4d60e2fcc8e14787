// Results of the studies of masked image modeling: `mask-ratio`, `mask-strategy`, `mask-design` and
// `attmask`.

import {mae2022} from '../../../lib/studies/masks/published';
import type {MaskRow} from '../../../lib/studies/masks/study';
import type {MethodRow} from '../../../lib/studies/methods/study';
import {markdownTable} from '../../benchmarks/markdown';
import {
  claim,
  difference,
  grouped,
  meanOf,
  of,
  percent,
  points,
  pointsText,
  rangeText,
  meansText,
  word,
  Word,
} from '../numbers';
import {defaultRows} from '../studyFacts';

const rowsOf = (study: string) => defaultRows<MaskRow>(study);
const knn = (row: MaskRow) => row.last.knn;
const linear = (row: MaskRow) => row.last.linear;

export function maskRatioTable(): string {
  const {rows} = rowsOf('mask-ratio');
  const trained = rows.filter(({settings}) => settings.mask !== null).sort((a, b) => a.hidden - b.hidden);
  const start = rows.filter(({settings}) => settings.mask === null);
  const lines = [...grouped([...trained, ...start], row => row.variant)].map(([variant, group]) => {
    const [tuned, seconds] = [
      group.map(({fineTuned}) => fineTuned?.last ?? null),
      group.map(({secondsPerStep}) => secondsPerStep),
    ];
    const filled = (values: (number | null)[], text: (mean: number) => string) =>
      values.includes(null) ? '' : text(meanOf(values.map(Number), value => value));
    return [
      variant.replace('random ', ''),
      percent(meanOf(group, knn)),
      percent(meanOf(group, linear)),
      filled(tuned, percent),
      filled(seconds, mean => mean.toFixed(2)),
    ];
  });
  return markdownTable(['hidden', '20-NN', 'linear', 'fine-tuned', 'seconds a step, one core'], lines);
}

export function maskRatioText(): string {
  const {rows, baselines} = rowsOf('mask-ratio');
  const start = rows.filter(({settings}) => settings.mask === null);
  const groups = grouped(
    rows.filter(({settings}) => settings.mask !== null),
    row => row.variant,
  );
  const tuned = [...groups.values()].filter(group => group.every(({fineTuned}) => fineTuned !== null));
  const gains = (measure: (row: MaskRow) => number, among = [...groups.values()]) =>
    among.map(group => difference(group, start, measure));
  const [byKnn, byLinear, byTuning] = [gains(knn), gains(linear), gains(row => row.fineTuned?.last ?? NaN, tuned)];
  const sure = byLinear.filter(({low}) => low > 0);
  const means = [...groups].map(([name, group]) => ({name: name.replace('random ', ''), mean: meanOf(group, linear)}));
  const best = means.reduce((a, b) => (b.mean > a.mean ? b : a));
  const paper = (ratio: number) => mae2022.find(row => row.ablation === 'ratio' && row.ratio === ratio)?.linear ?? NaN;
  const hog = baselines.find(({baseline}) => baseline === 'hog');
  return [
    claim(
      byTuning.every(({low}) => low > 0),
      `Fine-tuned, pre-trained encoders are ${meansText(byTuning, points)} points above the same encoder from scratch.`,
    ),
    claim(
      byKnn.every(({low}) => low > 0),
      `By 20-NN all ${word(groups.size)} ratios are above the encoder that is not pre-trained, by ` +
        `${meansText(byKnn, points)} points;`,
    ),
    `by the linear probe ${word(sure.length)} are, by ${meansText(sure, points)} points ` +
      '(each by more than its interval).',
    `The paper's curve is not seen here: its linear probe rises by ${points(paper(0.75) - paper(0.1))} points ` +
      `from 10 to 75 %; ours lies between ${meansText(means, percent).replace(' to ', ' and ')} %, ` +
      `highest at ${best.name}.`,
    `HOG has ${hog && percent(hog.knn)} and ${hog && percent(hog.linear)} %. Notebook 12 discusses this.`,
  ].join(' ');
}

export function maskStrategyText(): string {
  const {rows} = rowsOf('mask-strategy');
  const groups = grouped(rows, row => row.variant);
  const reference = of(groups, 'random 75 %');
  const others = [...groups.keys()].filter(name => name.endsWith('75 %') && name !== 'random 75 %');
  const differences = others.map(name => difference(of(groups, name), reference, linear));
  const paper = (setting: string) =>
    mae2022.find(row => row.ablation === 'strategy' && row.setting === setting)?.linear ?? NaN;
  const loss = (setting: string) => points(paper('random 75 %') - paper(setting));
  return claim(
    differences.every(({low, high}) => low < 0 && high > 0),
    'Which patches are hidden hardly matters here. By the linear probe grid, cells, blocks and inverse ' +
      `blocks are at most ${points(Math.max(...differences.map(({mean}) => Math.abs(mean))))} points from ` +
      `random masks of 75 %, within their intervals. In the paper the grid costs ${loss('grid 75 %')} ` +
      `points and blocks ${loss('block 75 %')}.`,
  );
}

export function maskDesignText(): string {
  const {rows} = rowsOf('mask-design');
  const groups = grouped(rows, row => row.variant);
  const reference = of(groups, 'random 75 %');
  const tokens = difference(of(groups, 'target tokens'), reference, linear);
  const hog = difference(of(groups, 'target hog'), reference, knn);
  const decoders = [...groups.keys()].filter(name => name.startsWith('decoder'));
  const apart = decoders.filter(name => {
    const {low, high} = difference(of(groups, name), reference, linear);
    return low > 0 || high < 0;
  });
  const differ = apart.length === 1 ? 'differs' : 'differ';
  const whichDiffer = apart.length === 0 ? 'none differs' : `${word(apart.length)} (${apart.join(', ')}) ${differ}`;
  const inEncoder = of(groups, 'mask token in the encoder');
  const seconds = (group: MaskRow[]) => meanOf(group, row => row.secondsPerStep ?? NaN);
  return [
    claim(
      tokens.low > 0,
      `The target matters: tokens, the clusters of patches by k-means, are ${pointsText(tokens)} above ` +
        'normalized pixels by the linear probe;',
    ),
    claim(hog.high < 0, `HOG is ${pointsText(hog)} below them by 20-NN.`),
    `Of ${word(decoders.length)} other decoders ${whichDiffer} from the reference by more than the interval ` +
      'of the linear probe.',
    claim(
      difference(inEncoder, reference, linear).low <= 0,
      `Mask tokens in the encoder make a step ${(seconds(inEncoder) / seconds(reference)).toFixed(1)} ` +
        'times as long and gain nothing.',
    ),
    'Notebook 13 has these comparisons.',
  ].join(' ');
}

export function attmaskText(): string {
  const {rows, baselines} = defaultRows<MethodRow>('attmask');
  const groups = [...grouped(rows, row => row.variant).values()];
  const untrained = baselines.filter(({baseline}) => baseline === 'untrained');
  const text = (reader: 'knn' | 'linear') =>
    rangeText(
      groups.map(group => meanOf(group, row => row.last[reader])),
      percent,
    );
  return (
    `${Word(groups.length)} ways to mask iBOT's student (at random, in blocks, by its teacher's ` +
    `attention) lead to ${text('linear')} % by the linear probe and ${text('knn')} % by 20-NN; the ` +
    `untrained encoder has ${percent(meanOf(untrained, row => row.linear))} and ` +
    `${percent(meanOf(untrained, row => row.knn))} %.`
  );
}
