// What the colors of two views have in common, at each strength of the color jitter: views of one
// image against views of different images.

import {groups} from 'd3-array';
import {check} from '../../check';
import {distinct} from '../../figures/distinct';
import type {Figure, Row} from '../../figures/figure';
import {oneOf} from '../../figures/measuredTexts';
import {center, meanShares, pairMargins, pairNames, pairPanels} from '../../figures/pairPanels';
import {strengthText} from '../../figures/strengthText';
import {count, meanOverText, sentences} from '../../figures/texts';
import {layout} from '../../figures/theme';
import type {ColorShortcutRow} from './trials';

export interface ColorPairsFigureOptions {
  /** @default 'Colors of two crops on <data set>, by strength of the jitter' */
  title?: string;
}

/**
 * One panel for each strength, the smallest on top: shares of pairs by the intersection of their
 * color histograms, mean over seeds.
 *
 * @param rows Of one data set, at least one.
 * @throws RangeError when there is no row, or rows of several data sets.
 */
export function colorPairsFigure(rows: readonly ColorShortcutRow[], {title}: ColorPairsFigureOptions = {}): Figure {
  check(rows.length > 0, 'colorPairsFigure', 'expected at least one row, got none');
  const dataset = oneOf('colorPairsFigure', 'data set', rows, row => row.dataset);
  const sorted = [...rows].sort((a, b) => a.strength - b.strength);
  const settings = groups(sorted, row => row.strength).map(([strength, some]) => ({
    label: `s = ${strengthText(strength)}`,
    same: meanShares(some.map(row => row.sameShares)),
    different: meanShares(some.map(row => row.differentShares)),
  }));
  const {data, places, means} = pairPanels(settings, {
    range: [0, 1],
    tick: 0.2,
    title: 'intersection of the color histograms (0: nothing in common, 1: equal)',
    short: 'intersection',
  });
  const seeds = distinct(rows.map(row => row.seed)).length;
  const counts = distinct(rows.map(row => row.images)).join(', ');
  return {
    name: `color-pairs-${dataset}`,
    data,
    layout: layout({
      title: title ?? `Colors of two crops on ${dataset}, by strength of the jitter`,
      subtitle: `share of pairs (%); marks on the axis: means; ${meanOverText(seeds)}`,
      right: pairMargins.right,
      legend: true,
      ...places,
    }),
    caption: sentences(
      `Intersections of the color histograms of random crops of ${counts} images of ${dataset}, under color jitter ` +
        `of strength s (0: the crop alone): ${pairNames}.`,
      `Shares are means over ${count(seeds, 'seed')}; all panels have one scale.`,
    ),
    alt: `One histogram for each strength of the color jitter. Mean intersection of color histograms, ${means}.`,
    credits: [],
    runs: [],
    rows: rows.flatMap(binRows),
  };
}

/** For a table: a line for each bin of the histograms. */
const binRows = ({dataset, strength, seed, sameShares, differentShares}: ColorShortcutRow): Row[] =>
  sameShares.map((same, i) => ({
    dataset,
    strength,
    seed,
    intersection: center(i, sameShares.length, 0, 1),
    same,
    different: differentShares[i],
  }));
