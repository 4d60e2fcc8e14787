// What the colors of two views have in common, at each strength of the color jitter: views of one image against views of different images.

import {check} from '../../check';
import type {ColorShortcutRow} from './trials';
import type {Figure, Row} from '../../figures/figure';
import {distinct, grouped} from '../../figures/grouped';
import {center, meanShares, pairMargins, pairNames, pairPanels} from '../../figures/pairPanels';
import {strengthText} from '../../figures/strengthText';
import {layout, legend} from '../../figures/theme';

export interface ColorPairsFigureOptions {
  /** @default 'Colors of two crops on <data set>, by strength of the jitter' */
  title?: string;
}

/**
 * One panel for each strength, the smallest on top: shares of pairs by the intersection of their color histograms, mean over seeds.
 *
 * @param rows Of one data set, at least one.
 * @throws RangeError when there is no row, or rows of several data sets.
 */
export function colorPairsFigure(rows: readonly ColorShortcutRow[], {title}: ColorPairsFigureOptions = {}): Figure {
  check(rows.length > 0, 'colorPairsFigure', 'expected at least one row, got none');
  const datasets = distinct(rows.map(row => row.dataset));
  check(datasets.length === 1, 'colorPairsFigure', `expected rows of one data set, got ${datasets.join(', ')}`);
  const sorted = [...rows].sort((a, b) => a.strength - b.strength);
  const [seeds, counts] = [distinct(rows.map(row => row.seed)).length, distinct(rows.map(row => row.images))];
  const {data, height, axes, annotations, means} = pairPanels([...grouped(sorted, row => row.strength)].map(([strength, some]) =>
    ({label: `s = ${strengthText(strength)}`, same: meanShares(some.map(row => row.sameShares)), different: meanShares(some.map(row => row.differentShares))})),
  {range: [0, 1], tick: 0.2, title: 'intersection of the color histograms (0: nothing in common, 1: equal)', short: 'intersection'});
  return {
    name: `color-pairs-${datasets[0]}`,
    data,
    layout: layout({
      title: title ?? `Colors of two crops on ${datasets[0]}, by strength of the jitter`, subtitle: `share of pairs (%); marks on the axis: means; ${seeds > 1 ? `mean over ${seeds} seeds` : 'one seed'}`,
      height, ...pairMargins, showlegend: true, legend: legend(height), annotations, ...axes,
    }),
    caption: `Intersections of the color histograms of random crops of ${counts.join(', ')} images of ${datasets[0]}, under color jitter of strength s (0: the crop alone): ${pairNames}. `
      + `Shares are means over ${seeds} seed${seeds === 1 ? '' : 's'}; all panels have one scale.`,
    alt: `One histogram for each strength of the color jitter. Mean intersection of color histograms, ${means}.`,
    credits: [],
    runs: [],
    rows: rows.flatMap(row => row.sameShares.map((same, i): Row => ({dataset: row.dataset, strength: row.strength, seed: row.seed, intersection: center(i, row.sameShares.length, 0, 1), same, different: row.differentShares[i]}))),
  };
}
