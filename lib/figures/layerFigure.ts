// Which layers carry what: accuracy by layer, of the class token and of the mean over patches,
// beside the same layers before training.

import {groups} from 'd3-array';
import {meanInterval, type MeanInterval} from '../analysis/meanInterval';
import {check} from '../check';
import type {LayerAccuracies} from '../evaluation/layerAccuracies';
import type {Pooling} from '../evaluation/layerFeatures';
import {distinct} from './distinct';
import type {Figure, PlotlyObject} from './figure';
import {LABELS, panels, sideLabels, type Panel, type SideLabel} from './panels';
import {percent, sentences, spanOf} from './texts';
import {colors, layout, mark, ticksAt} from './theme';
import {errorBars, line} from './traces';

/** One layer and pooling of one encoder. */
export type LayerRow = LayerAccuracies & {
  /** What the encoder is called: 'MAE'. */
  encoder: string;
  seed: number;
  /** Not trained: dashed. */
  baseline?: boolean;
  run?: string;
};

export interface LayerFigureOptions {
  /** @default '<encoder>: what each layer carries' */
  title?: string;
}

const poolings: Record<Pooling, {name: string; style: number}> = {
  token: {name: 'class token', style: 0},
  mean: {name: 'mean of patches', style: 1},
};
const measures = {linear: 'linear probe', knn: 'k-NN'} as const;
type Measure = keyof typeof measures;

/** Pixels of a panel. */
const PANEL = 250;
/** Pixels above the first, below the last, between two. */
const spacing = {top: 132, bottom: 84, gap: 52} as const;

/** One encoder and pooling. */
type Line = {name: string; label: string; baseline: boolean; pooling: Pooling; rows: readonly LayerRow[]};
/** Its accuracy in percent at a layer, the x-th from the input. */
type Point = MeanInterval & {x: number; layer: string};

/**
 * Linear probe above, k-NN below; a line for each encoder and pooling, with 95 % t-intervals where
 * there are several seeds. The last layer is what the final norm makes of the last block.
 *
 * @param rows Of one trained encoder, and of any that were not trained.
 * @throws RangeError when there is no row of a trained encoder, or rows of several.
 */
export function layerFigure(rows: readonly LayerRow[], options: LayerFigureOptions = {}): Figure {
  const trained = distinct(rows.filter(({baseline}) => !baseline).map(({encoder}) => encoder));
  const one = trained.length === 1;
  check(one, 'layerFigure', `expected rows of one trained encoder, got ${trained.join(', ') || 'none'}`);
  const {title = `${trained[0]}: what each layer carries`} = options;
  const layers = distinct(rows.map(({layer}) => layer))
    .sort((a, b) => depthOf(a) - depthOf(b))
    .map(String);
  const lines = groups(rows, ({encoder, pooling}) => `${encoder}, ${poolings[pooling].name}`).map(lineOf);
  const pointsOf = (curve: Line, measure: Measure): Point[] =>
    layers.flatMap((layer, x) => {
      const values = curve.rows.filter(row => String(row.layer) === layer).map(row => 100 * row[measure]);
      return values.length > 0 ? [{x, layer, ...meanInterval(values)}] : [];
    });
  const drawn = (measure: Measure) =>
    panelOf(
      measure,
      lines.map(curve => ({...curve, points: pointsOf(curve, measure)})),
      layers.length,
    );
  const {data, places} = panels([drawn('linear'), drawn('knn')], {
    x: {
      range: [-0.3, layers.length - 0.7],
      ...ticksAt(
        layers.map((_, x) => x),
        layers,
      ),
      title: 'after which block',
    },
    ...spacing,
  });
  const seeds = distinct(rows.map(({seed}) => seed)).length;
  const measureText = (measure: Measure) => {
    const texts = lines.map(curve => {
      const values = pointsOf(curve, measure).map(({layer, mean}) => `${layer} ${percent(mean)}`);
      return `${curve.name} ${values.join(', ')}`;
    });
    return `${measures[measure]}: ${texts.join('; ')}.`;
  };
  return {
    name: 'layers',
    data,
    layout: layout({
      title,
      subtitle: `dashed: not trained; ${
        seeds > 1 ? `mean and 95 % t-interval over ${seeds} seeds` : 'one seed: no spread known'
      }`,
      right: LABELS + 44,
      ...places,
    }),
    caption: sentences(
      `${title}: accuracy on the test split by layer and pooling; "norm" is what the last norm makes of the last ` +
        'block.',
      `Protocol: ${distinct(rows.map(({protocol}) => protocol)).join(' / ')}.`,
      seeds > 1 ? `Bars: 95 % t-intervals over ${seeds} seeds.` : 'One seed: no spread is known.',
    ),
    alt: sentences('Curves by layer.', measureText('linear'), measureText('knn')),
    credits: [],
    runs: distinct(rows.flatMap(({run}) => run ?? [])),
    rows: rows.map(({encoder, baseline = false, ...row}) => ({encoder, trained: !baseline, ...row})),
  };
}

/** The final norm comes after all blocks. */
const depthOf = (layer: LayerRow['layer']) => (layer === 'norm' ? Infinity : layer);

function lineOf([name, rows]: [string, LayerRow[]]): Line {
  const {baseline = false, encoder, pooling} = rows[0]!;
  return {name, rows, baseline, pooling, label: baseline ? `${encoder}, ${pooling}` : poolings[pooling].name};
}

type DrawnLine = Line & {points: readonly Point[]};

function panelOf(measure: Measure, lines: readonly DrawnLine[], layers: number): Panel {
  const [least, most] = spanOf(lines.flatMap(({points}) => points.flatMap(({mean, low, high}) => [mean, low, high])));
  const room = Math.max(0.5, 0.08 * (most - least));
  const range: [number, number] = [Math.max(0, least - room), most + room];
  const sideLabel = ({label, pooling, points}: DrawnLine): SideLabel => {
    const {mean, x} = points.at(-1)!;
    const {color} = mark(poolings[pooling].style);
    return {from: (x + 0.3) / (layers - 0.4), value: mean, text: `${label} ${percent(mean)}`, color};
  };
  return {
    heading: `${measures[measure]}, accuracy on the test split (%)`,
    height: PANEL,
    y: {range, nticks: 5},
    traces: lines.map(trace),
    marks: axes => sideLabels(lines.map(sideLabel), range, PANEL, axes),
  };
}

/** Solid with full marks; dashed and thinner with open ones where it was not trained. */
function trace({name, baseline, pooling, points}: DrawnLine): PlotlyObject {
  const {color, symbol} = mark(poolings[pooling].style);
  return line(
    name,
    points.map(({x}) => x),
    points.map(({mean}) => mean),
    {
      color,
      width: baseline ? 2 : 3,
      dash: baseline ? 'dash' : 'solid',
      points: {
        color: baseline ? colors.paper : color,
        symbol,
        size: baseline ? 10 : 13,
        rim: {color, width: 2},
      },
      errorY: points.some(({n}) => n > 1) ? errorBars(points, {color}) : undefined,
      text: points.map(({layer}) => layer),
      hover: `${name}, %{text}: %{y:.1f} %`,
    },
  );
}
