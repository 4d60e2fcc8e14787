// A training while it went: loss and health over steps, of one run or of several beside each other.

import {check} from '../check';
import type {TrainingEvent} from '../training/event';
import type {Figure, PlotlyObject, Row} from './figure';
import {distinct} from './grouped';
import {panels} from './panels';
import {colors, layout, legend, mark, size, width} from './theme';

export interface TrainingFigureOptions {
  /** @default 'Training' */
  title?: string;
  /** Of the loss: 'negative cosine'; 'each in its own unit', where losses of several methods stand side by side. @default 'nats' */
  unit?: string;
  /** Horizontal lines in the panel of the loss, in its unit; or in that of a metric. @default of one training, what its loss is worth when it says nothing, and about the least, where the events tell */
  references?: readonly {value: number; label: string; metric?: string}[];
  /** Identifiers of the runs drawn. */
  runs?: readonly string[];
}

/** Points a curve is thinned to, each the mean of neighboring steps: fewer where several curves cross. */
const POINTS = {one: 400, several: 120};

/** Pixels: a line of the legend, a mark in it, a character of a name. */
const [LEGEND_LINE, MARK, CHARACTER] = [34, 66, 10.5];

/** What the panel of a metric is called. A metric that is not here stands under its own name. */
const headings: Record<string, string> = {
  alignment: 'alignment: squared distance of two views (0: alike)',
  uniformity: 'uniformity (higher: more even on the sphere)',
  collapse: 'spread: std of unit projections × √d (0: collapsed, 1: sound)',
  dimensions: 'directions in which projections spread (participation ratio)',
  assignmentEntropy: 'entropy of assignments / log K (0: one prototype each, 1: even)',
  prototypesUsed: 'share of prototypes in use (1: all, 1/K: one takes all images)',
  teacherEntropy: 'entropy of what the teacher says (nats; 0: one prototype for sure, log K: even)',
  divergence: 'KL divergence of what the student says from it (nats; 0: they agree)',
  teacherDistance: 'distance of the teacher from the student, share of its weights',
  temperature: 'temperature τ',
  tolerance: 'tolerance: mean cosine within a class',
  learningRate: 'learning rate',
};

/**
 * Loss on top, below it a panel for each metric that the events carry.
 *
 * @param events Of one training, or of several by name: then each is a line of its own color and dash.
 * @throws RangeError when there is no event, or a reference belongs to a metric that no event carries.
 */
export function trainingFigure(events: readonly TrainingEvent[] | Record<string, readonly TrainingEvent[]>, {title = 'Training', unit = 'nats', references: chosen, runs = []}: TrainingFigureOptions = {}): Figure {
  const trainings = Object.entries(Array.isArray(events) ? {training: events as readonly TrainingEvent[]} : events as Record<string, readonly TrainingEvent[]>);
  check(trainings.length > 0 && trainings.every(([, some]) => some.length > 0), 'trainingFigure', 'expected at least one event of each training, got none');
  const references = chosen ?? (trainings.length > 1 ? [] : referencesOf(trainings[0]![1].at(-1)!));
  const metrics = distinct(trainings.flatMap(([, some]) => some.flatMap(event => Object.keys(event.metrics))));
  const measures = [
    {heading: `loss (${unit})`, metric: undefined, of: (event: TrainingEvent) => event.loss as number | undefined},
    ...metrics.map(name => ({heading: headings[name] ?? name, metric: name, of: (event: TrainingEvent) => event.metrics[name]})),
  ];
  for (const {metric} of references) check(metric === undefined || metrics.includes(metric), 'trainingFigure', `expected references to the loss or to ${metrics.join(', ')}, got ${metric}`);
  const several = trainings.length > 1;
  const points = several ? POINTS.several : POINTS.one;
  const top = several ? 146 + LEGEND_LINE * legendLines(trainings.map(([name]) => name)) : 138;
  const last = trainings.map(([name, some]) => ({name, event: some.at(-1)!, first: some[0]!}));
  const steps = Math.max(...last.map(({event}) => event.step));
  const {data, height, axes, annotations, shapes} = panels(measures.map(({heading, metric, of}, panel) => ({
    heading, height: panel === 0 ? 280 : 120, y: {nticks: panel === 0 ? 6 : 4, tickformat: '~g'},
    traces: trainings.map(([name, some], i): PlotlyObject => {
      const {color, dash, symbol} = mark(i);
      const curve = thinned(some, of, points);
      return {type: 'scatter', mode: several || curve.length === 1 ? 'lines+markers' : 'lines', name, legendgroup: name, showlegend: several && panel === 0,
        x: curve.map(point => point.step), y: curve.map(point => point.value), line: {color, width: 3, dash}, marker: {color, symbol, size: 11, maxdisplayed: 8},
        hovertemplate: `${several ? `${name}, ` : ''}step %{x}: %{y:.4g}<extra></extra>`};
    }),
    marks: (x, y) => {
      const own = references.filter(reference => reference.metric === metric);
      return {
        shapes: own.map(({value}) => ({type: 'line', xref: `${x} domain`, yref: y, x0: 0, x1: 1, y0: value, y1: value, line: {color: colors.quiet, width: 2, dash: 'dot'}})),
        annotations: own.map(({value, label}) => ({text: label, xref: `${x} domain`, yref: y, x: 1, y: value, xanchor: 'right', yanchor: 'bottom', showarrow: false, font: {size: size.small}})),
      };
    },
  })), {x: {range: [0, steps * 1.01], nticks: 7, tickformat: ',d', title: 'step'}, top, bottom: 84, gap: 50});
  const {event: end} = last[0]!;
  const subtitle = `${end.steps.toLocaleString('en')} steps, ${end.epochs} epoch${end.epochs === 1 ? '' : 's'}${end.step < end.steps ? `; stopped at step ${end.step.toLocaleString('en')}` : ''}`;
  const bins = Math.ceil(Math.max(...trainings.map(([, some]) => some.length)) / points);
  const of = (name: string, training: string) => (several ? `${training}: ${name}` : name);
  return {
    name: 'training',
    data,
    layout: layout({
      title, subtitle: subtitle, height, top, bottom: 84, left: 100, right: references.length ? 60 : 40,
      ...(several && {showlegend: true, legend: legend(height)}),
      annotations, shapes,
      ...axes,
    }),
    caption: `Loss${metrics.length ? ` and ${metrics.join(', ')}` : ''} over the steps of training${several ? ` (${trainings.map(([name]) => name).join(', ')})` : ''}`
      + `${bins > 1 ? `; each point is the mean of up to ${bins} steps` : ''}. One run${several ? ' each' : ''}: no spread over seeds is shown.`
      + `${references.length ? ` Dotted: ${references.map(({value, label}) => `${label} = ${value.toFixed(3)}`).join('; ')}.` : ''}`,
    alt: `Curves over steps. ${last.map(({name, first, event}) => `${of('loss', name)} from ${first.loss.toFixed(3)} to ${event.loss.toFixed(3)}${metrics.filter(metric => metric in event.metrics && metric in first.metrics)
      .map(metric => `, ${metric} from ${first.metrics[metric]!.toPrecision(3)} to ${event.metrics[metric]!.toPrecision(3)}`).join('')}`).join('; ')}.`,
    credits: [],
    runs: [...runs],
    rows: trainings.flatMap(([name, some]) => some.map(({metrics, range: _, ...event}): Row => ({...(several && {training: name}), ...event, ...metrics}))),
  };
}

function referencesOf({range}: TrainingEvent): NonNullable<TrainingFigureOptions['references']> {
  if (!range) return [];
  return [{value: range.chance, label: 'all projections alike'}, ...(range.floor === undefined ? [] : [{value: range.floor, label: 'about the least'}])];
}

/** How many lines names take in the legend, side by side where they fit. */
function legendLines(names: readonly string[]): number {
  let [lines, used] = [1, 0];
  for (const {length} of names) {
    const pixels = MARK + CHARACTER * length;
    if (used > 0 && used + pixels > width) [lines, used] = [lines + 1, 0];
    used += pixels;
  }
  return lines;
}

/** Means of neighboring steps, at most so many points. */
function thinned(events: readonly TrainingEvent[], of: (event: TrainingEvent) => number | undefined, most: number): {step: number; value: number}[] {
  const points = events.map(event => ({step: event.step, value: of(event)})).filter((point): point is {step: number; value: number} => Number.isFinite(point.value));
  const bin = Math.ceil(points.length / most);
  return Array.from({length: Math.ceil(points.length / Math.max(1, bin))}, (_, i) => {
    const some = points.slice(i * bin, (i + 1) * bin);
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    return {step: mean(some.map(point => point.step)), value: mean(some.map(point => point.value))};
  });
}
