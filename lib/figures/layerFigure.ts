// Which layers carry what: accuracy by layer, of the class token and of the mean over patches, beside the same layers before training.

import {meanInterval} from '../analysis/meanInterval';
import {check} from '../check';
import type {LayerAccuracies} from '../evaluation/layerAccuracies';
import type {Pooling} from '../evaluation/layerFeatures';
import type {Figure, PlotlyObject} from './figure';
import {distinct, grouped} from './grouped';
import {LABELS, panels, type Panel, sideLabels} from './panels';
import {colors, layout, mark} from './theme';

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

const poolings: Record<Pooling, {name: string; style: number}> = {token: {name: 'class token', style: 0}, mean: {name: 'mean of patches', style: 1}};
const measures = {linear: 'linear probe', knn: 'k-NN'} as const;

/** Pixels of a panel; above the first, below the last, between two. */
const [PANEL, TOP, BOTTOM, GAP] = [250, 132, 84, 52];

/**
 * Linear probe above, k-NN below; a line for each encoder and pooling, with 95 % t-intervals where there are several seeds. The last layer is what the final norm makes of the last block.
 *
 * @param rows Of one trained encoder, and of any that were not trained.
 * @throws RangeError when there is no row of a trained encoder, or rows of several.
 */
export function layerFigure(rows: readonly LayerRow[], {title}: LayerFigureOptions = {}): Figure {
  const trained = distinct(rows.filter(({baseline}) => !baseline).map(({encoder}) => encoder));
  check(trained.length === 1, 'layerFigure', `expected rows of one trained encoder, got ${trained.join(', ') || 'none'}`);
  const layers = distinct(rows.map(({layer}) => layer)).sort((a, b) => (a === 'norm' ? Infinity : a) - (b === 'norm' ? Infinity : b));
  const lines = [...grouped(rows, ({encoder, pooling}) => `${encoder}, ${poolings[pooling].name}`)].map(([name, group]) => {
    const [{baseline = false, encoder, pooling}] = group as [LayerRow];
    const points = (measure: keyof typeof measures) => layers.map((layer, x) => ({x, values: group.filter(row => row.layer === layer).map(row => 100 * row[measure])})).filter(({values}) => values.length > 0)
      .map(({x, values}) => ({x, layer: layers[x]!, ...meanInterval(values)}));
    return {name, label: baseline ? `${encoder}, ${pooling}` : poolings[pooling].name, baseline, ...mark(poolings[pooling].style), points};
  });
  const drawn = (measure: keyof typeof measures): Panel => {
    const values = lines.flatMap(({points}) => points(measure).flatMap(({mean, low, high}) => [mean, low, high])).filter(Number.isFinite);
    const [least, most] = [Math.min(...values), Math.max(...values)], room = Math.max(0.5, 0.08 * (most - least));
    const range: [number, number] = [Math.max(0, least - room), most + room];
    return {
      heading: `${measures[measure]}, accuracy on the test split (%)`, height: PANEL, y: {range, nticks: 5},
      traces: lines.map(({name, baseline, color, symbol, points}): PlotlyObject => {
        const some = points(measure);
        return {
          type: 'scatter', mode: 'lines+markers', name, x: some.map(({x}) => x), y: some.map(({mean}) => mean), line: {color, width: baseline ? 2 : 3, dash: baseline ? 'dash' : 'solid'},
          marker: {color: baseline ? colors.paper : color, symbol, size: baseline ? 10 : 13, line: {color, width: 2}},
          ...(some.some(({n}) => n > 1) && {error_y: {type: 'data', array: some.map(({mean, high}) => (Number.isFinite(high) ? high - mean : 0)), color, thickness: 2.5, width: 7}}),
          hovertemplate: `${name}, %{text}: %{y:.1f} %<extra></extra>`, text: some.map(({layer}) => nameOf(layer)),
        };
      }),
      marks: (x, y) => sideLabels(lines.map(({label, color, points}) => {
        const {mean, x: at} = points(measure).at(-1)!;
        return {from: (at + 0.3) / (layers.length - 0.4), value: mean, text: `${label} ${mean.toFixed(1)} %`, color};
      }), range, PANEL, x, y),
    };
  };
  const {data, height, axes, annotations, shapes} = panels([drawn('linear'), drawn('knn')], {
    x: {range: [-0.3, layers.length - 0.7], tickmode: 'array', tickvals: layers.map((_, x) => x), ticktext: layers.map(nameOf), title: 'after which block'}, top: TOP, bottom: BOTTOM, gap: GAP});
  const seeds = distinct(rows.map(({seed}) => seed)).length;
  const named = title ?? `${trained[0]}: what each layer carries`;
  return {
    name: 'layers',
    data,
    layout: layout({title: named, subtitle: `dashed: not trained; ${seeds > 1 ? `mean and 95 % t-interval over ${seeds} seeds` : 'one seed: no spread known'}`, height, top: TOP, bottom: BOTTOM, right: LABELS + 44, annotations, shapes, ...axes}),
    caption: `${named}: accuracy on the test split by layer and pooling; "norm" is what the last norm makes of the last block. Protocol: ${distinct(rows.map(({protocol}) => protocol)).join(' / ')}. ${seeds > 1 ? `Bars: 95 % t-intervals over ${seeds} seeds.` : 'One seed: no spread is known.'}`,
    alt: `Curves by layer. ${(['linear', 'knn'] as const).map(measure => `${measures[measure]}: ${lines.map(({name, points}) => `${name} ${points(measure).map(({layer, mean}) => `${nameOf(layer)} ${mean.toFixed(1)} %`).join(', ')}`).join('; ')}`).join('. ')}.`,
    credits: [],
    runs: distinct(rows.flatMap(({run}) => run ?? [])),
    rows: rows.map(({encoder, baseline = false, ...row}) => ({encoder, trained: !baseline, ...row})),
  };
}

const nameOf = (layer: LayerRow['layer']) => (layer === 'norm' ? 'norm' : String(layer));
