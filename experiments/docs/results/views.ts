// Results of the studies of views: the five dials, shared factors, color spaces.

import type {ColorSpaceRow} from '../../../lib/studies/colorSpaces/study';
import type {SharedFactorsRow} from '../../../lib/studies/sharedFactors/study';
import {reverseU} from '../../../lib/studies/views/reverseU';
import type {ViewRow} from '../../../lib/studies/views/study';
import {markdownTable} from '../../benchmarks/markdown';
import {claim, difference, grouped, meanOf, of, percent, points, pointsText, rangeText, meansText} from '../numbers';
import {defaultRows} from '../studyFacts';

const rowsOf = (study: string) => defaultRows<ViewRow>(study).rows;
const nats = (value: number) => value.toFixed(1).replace('-', '−');
const ofKnn = (rows: readonly ViewRow[]) =>
  reverseU(rows.map(({value, seed, last}) => ({value, seed, measured: last.knn})));
const information = (rows: readonly ViewRow[]) =>
  [...grouped(rows, row => String(row.value)).values()].map(group => meanOf(group, row => row.information));

const dials = [
  ['view-crop', 'share of the image that a crop shows'],
  ['view-jitter', 'strength of the color jitter'],
  ['view-frequency', 'σ of the blur that separates coarse from fine'],
  ['view-distance', 'distance of two patches, pixels'],
  ['view-drawing', 'share of pairs drawn by two artists'],
] as const;

/** A line a dial: where 20-NN is best, and whether that is above both ends. */
export function dialTable(): string {
  const lines = dials.map(([study, dial]) => {
    const rows = rowsOf(study);
    const {peak, above, verdict} = ofKnn(rows);
    const [first, last] = above;
    const interval = ({mean, low, high}: typeof first) =>
      low === high ? '' : `${points(mean)} (${points(low)} to ${points(high)})`;
    return [
      `\`${study}\``,
      dial,
      rangeText(information(rows), nats),
      String(peak),
      interval(first),
      interval(last),
      verdict,
    ];
  });
  return markdownTable(
    ['study', 'dial', 'nats shared', 'best 20-NN at', 'above the lowest value', 'above the highest value', 'reverse U'],
    lines,
  );
}

export function viewsText(): string {
  const crop = rowsOf('view-crop');
  const {peak, above, verdict} = ofKnn(crop);
  const [shares, shared] = [
    rangeText(
      crop.map(({value}) => value),
      String,
    ),
    rangeText(information(crop), nats),
  ];
  const earth = reverseU(crop.map(({value, seed, transfer}) => ({value, seed, measured: transfer.earth?.knn ?? NaN})));
  return [
    'Two views should share what the task needs and little else (InfoMin).',
    claim(
      verdict === 'yes',
      `Crops of ${shares} of the image share ${shared} nats (I_NCE of held-out pairs, ` +
        `K = ${crop[0]?.settings.candidates}). By 20-NN the encoder is best at ${peak}, ` +
        `${pointsText(above[0])} above the smallest crops and ${pointsText(above[1])} above whole images: ` +
        'a reverse U, as in the paper.',
    ),
    claim(
      earth.verdict !== 'yes',
      'Evaluated on patches of the Earth, the same encoders do not tell their peak from both ends.',
    ),
    'The table has all five dials, with the difference of 20-NN in points and its 95 % interval; the ' +
      'peak was chosen on the same seeds, which favors "yes". Notebook 16.',
  ].join(' ');
}

export function sharedFactorsText(): string {
  const {rows} = defaultRows<SharedFactorsRow>('shared-factors');
  const groups = grouped(rows, row => row.shared.join(', '));
  const [background, digit] = [of(groups, 'background'), of(groups, 'digit')];
  const digitOf = (group: readonly SharedFactorsRow[], reader: 'knn' | 'linear') =>
    percent(meanOf(group, row => row.factors.digit[reader]));
  const untrained = (reader: 'knn' | 'linear') => percent(meanOf(background, row => row.untrained.digit[reader]));
  return [
    'On generated images it is known exactly what two views share.',
    'Views that share the background and nothing else share ' +
      `${meanOf(background, row => row.exact).toFixed(2)} nats (I_NCE: ` +
      `${meanOf(background, row => row.information).toFixed(2)}).`,
    claim(
      meanOf(background, row => row.factors.digit.linear) < meanOf(background, row => row.untrained.digit.linear),
      `Their encoder tells digits worse than before its training: ${digitOf(background, 'linear')} % by ` +
        `the linear probe (untrained ${untrained('linear')}) and ${digitOf(background, 'knn')} % by 20-NN ` +
        `(${untrained('knn')}).`,
    ),
    `Views that share the digit lead to ${digitOf(digit, 'linear')} %. Notebook 17.`,
  ].join(' ');
}

export function colorSpacesText(): string {
  const {rows} = defaultRows<ColorSpaceRow>('color-spaces');
  const groups = grouped(rows, row => row.space);
  const rgb = of(groups, 'rgb');
  const light = ['yuv', 'ycbcr', 'ydbdr'].map(space => of(groups, space));
  const learned = [...groups].filter(([name]) => /flow/i.test(name)).map(([, group]) => group);
  const aboveRgb = light.map(group => difference(group, rgb, row => row.last.knn));
  const shared = (among: readonly ColorSpaceRow[][]) =>
    rangeText(
      among.map(group => meanOf(group, row => row.information)),
      nats,
    );
  const knn = (among: readonly ColorSpaceRow[][]) =>
    rangeText(
      among.map(group => meanOf(group, row => row.last.knn)),
      percent,
    );
  return [
    'One channel of an image and its other two are two views without any augmentation (CMC).',
    `Where the first channel is luminance and the others are color (YUV, YCbCr, YDbDr), they share ` +
      `${shared(light)} nats, and 20-NN has ${knn(light)} %, ${meansText(aboveRgb, points)} points above RGB, ` +
      `whose channels share ${shared([rgb])} nats.`,
    claim(
      Math.max(...learned.map(group => meanOf(group, row => row.last.knn))) <
        Math.min(...light.map(group => meanOf(group, row => row.last.knn))),
      `Spaces that a normalizing flow learned against two encoders share ${shared(learned)} nats and are ` +
        `below those: ${knn(learned)} %.`,
    ),
    'Notebook 18.',
  ].join(' ');
}
