// A training while it went: loss and health over steps, of one run or of several beside each other.

import {mean} from 'd3-array';
import {check} from '../check';
import type {TrainingEvent} from '../training/event';
import {distinct} from './distinct';
import type {Figure, PlotlyObject, Row} from './figure';
import {across, note, type Axes} from './notes';
import {panels, type Marks, type Panel} from './panels';
import {count, sentences, thousands} from './texts';
import {colors, layout, mark, width} from './theme';
import {line} from './traces';

export interface TrainingFigureOptions {
  /** @default 'Training' */
  title?: string;
  /**
   * Of the loss: 'negative cosine'; 'each in its own unit', where losses of several methods stand
   * side by side.
   * @default 'nats'
   */
  unit?: string;
  /**
   * Horizontal lines in the panel of the loss, in its unit; or in that of a metric.
   * @default of one training, what its
   * loss is worth when it says nothing, and about the least, where the events tell
   */
  references?: readonly {value: number; label: string; metric?: string}[];
  /** Identifiers of the runs drawn. */
  runs?: readonly string[];
}

/**
 * Points a curve is thinned to, each the mean of neighboring steps: fewer where several curves
 * cross.
 */
const POINTS = {one: 400, several: 120};

const pixels = {
  /** Panel of the loss, and of a metric. */
  loss: 280,
  metric: 120,
  /** Above the first, and where a legend stands there, without it. */
  top: 138,
  legendTop: 146,
  bottom: 84,
  gap: 50,
  /** A line of the legend, a mark in it, a character of a name. */
  legendLine: 34,
  mark: 66,
  character: 10.5,
} as const;

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

/** What a panel shows; the loss is no metric. */
type Measure = {heading: string; metric?: string; of(event: TrainingEvent): number | undefined};

/** A training by its name, with what it told. */
type Training = {name: string; events: readonly TrainingEvent[]; first: TrainingEvent; last: TrainingEvent};

type References = NonNullable<TrainingFigureOptions['references']>;

/**
 * Loss on top, below it a panel for each metric that the events carry.
 *
 * @param events Of one training, or of several by name: then each is a line of its own color and
 * dash.
 * @throws RangeError when there is no event, or a reference belongs to a metric that no event
 * carries.
 */
export function trainingFigure(
  events: readonly TrainingEvent[] | Record<string, readonly TrainingEvent[]>,
  {title = 'Training', unit = 'nats', references: chosen, runs = []}: TrainingFigureOptions = {},
): Figure {
  const trainings = trainingsOf(events);
  const several = trainings.length > 1;
  const [{last: end}] = trainings as [Training];
  const references = chosen ?? (several ? [] : referencesOf(end));
  const metrics = distinct(trainings.flatMap(training => training.events.flatMap(event => Object.keys(event.metrics))));
  for (const {metric} of references) {
    const known = metric === undefined || metrics.includes(metric);
    check(known, 'trainingFigure', `expected references to the loss or to ${metrics.join(', ')}, got ${metric}`);
  }
  const measures: Measure[] = [
    {heading: `loss (${unit})`, of: event => event.loss},
    ...metrics.map((name): Measure => ({
      heading: headings[name] ?? name,
      metric: name,
      of: event => event.metrics[name],
    })),
  ];
  const legendHeight = pixels.legendLine * legendLines(trainings.map(({name}) => name));
  const steps = Math.max(...trainings.map(({last}) => last.step));
  const drawn = measures.map((measure, i): Panel => ({
    heading: measure.heading,
    height: i === 0 ? pixels.loss : pixels.metric,
    y: {nticks: i === 0 ? 6 : 4, tickformat: '~g'},
    traces: trainings.map((training, t) => trace(training, measure, {style: t, several, legend: several && i === 0})),
    marks: axes =>
      referenceMarks(
        references.filter(({metric}) => metric === measure.metric),
        axes,
      ),
  }));
  const {data, places} = panels(drawn, {
    x: {range: [0, steps * 1.01], nticks: 7, tickformat: ',d', title: 'step'},
    top: several ? pixels.legendTop + legendHeight : pixels.top,
    bottom: pixels.bottom,
    gap: pixels.gap,
  });
  const longest = Math.max(...trainings.map(training => training.events.length));
  const bins = Math.ceil(longest / (several ? POINTS.several : POINTS.one));
  const referenceTexts = references.map(({value, label}) => `${label} = ${value.toFixed(3)}`);
  const names = trainings.map(({name}) => name).join(', ');
  return {
    name: 'training',
    data,
    layout: layout({
      title,
      subtitle: `${thousands(end.steps)} steps, ${count(end.epochs, 'epoch')}${
        end.step < end.steps ? `; stopped at step ${thousands(end.step)}` : ''
      }`,
      left: 100,
      right: references.length ? 60 : 40,
      legend: several,
      ...places,
    }),
    caption: sentences(
      `Loss${metrics.length ? ` and ${metrics.join(', ')}` : ''} over the steps of training` +
        `${several ? ` (${names})` : ''}${bins > 1 ? `; each point is the mean of up to ${bins} steps` : ''}.`,
      `One run${several ? ' each' : ''}: no spread over seeds is shown.`,
      references.length > 0 && `Dotted: ${referenceTexts.join('; ')}.`,
    ),
    alt: `Curves over steps. ${trainings.map(training => trainingText(training, metrics, several)).join('; ')}.`,
    credits: [],
    runs: [...runs],
    rows: trainings.flatMap(({name, events: history}) =>
      history.map(({metrics: measured, range: _, ...event}): Row => ({
        ...(several && {training: name}),
        ...event,
        ...measured,
      })),
    ),
  };
}

/** @throws RangeError when there is none, or one has no event. */
function trainingsOf(events: readonly TrainingEvent[] | Record<string, readonly TrainingEvent[]>): Training[] {
  const byName = isOne(events) ? {training: events} : events;
  const all = Object.entries(byName).flatMap(([name, history]): Training[] => {
    const [first] = history;
    const last = history.at(-1);
    return first && last ? [{name, events: history, first, last}] : [];
  });
  const whole = all.length > 0 && all.length === Object.keys(byName).length;
  check(whole, 'trainingFigure', 'expected at least one event of each training, got none');
  return all;
}

const isOne = (
  events: readonly TrainingEvent[] | Record<string, readonly TrainingEvent[]>,
): events is readonly TrainingEvent[] => Array.isArray(events);

/** How a training is drawn. */
type TraceLook = {style: number; several: boolean; legend: boolean};

function trace({name, events}: Training, {of}: Measure, {style, several, legend}: TraceLook): PlotlyObject {
  const {color, dash, symbol} = mark(style);
  const curve = thinned(events, of, several ? POINTS.several : POINTS.one);
  const marked = several || curve.length === 1;
  return line(
    name,
    curve.map(({step}) => step),
    curve.map(({value}) => value),
    {
      color,
      width: 3,
      dash,
      points: {color, symbol, size: 11, most: 8},
      hover: `${several ? `${name}, ` : ''}step %{x}: %{y:.4g}`,
      legend,
      group: name,
      rest: {mode: marked ? 'lines+markers' : 'lines'},
    },
  );
}

/** Dotted lines across, each with its name at its right end. */
const referenceMarks = (references: References, axes: Axes): Marks => ({
  shapes: references.map(({value}) => across(axes, value, {color: colors.quiet, width: 2, dash: 'dot'})),
  annotations: references.map(({value, label}) =>
    note(label, {on: {x: `${axes.x} domain`, y: axes.y}, x: 1, y: value, anchor: 'right bottom'}),
  ),
});

/** "SimCLR: loss from 5.545 to 4.312, alignment from 1.2 to 0.31". */
function trainingText({name, first, last}: Training, metrics: readonly string[], several: boolean): string {
  const loss = `${several ? `${name}: ` : ''}loss from ${first.loss.toFixed(3)} to ${last.loss.toFixed(3)}`;
  const others = metrics.flatMap(metric => {
    const from = first.metrics[metric];
    const to = last.metrics[metric];
    return from === undefined || to === undefined
      ? []
      : [`${metric} from ${from.toPrecision(3)} to ${to.toPrecision(3)}`];
  });
  return [loss, ...others].join(', ');
}

/** What the loss is worth when it says nothing, and about the least, where the events tell. */
function referencesOf({range}: TrainingEvent): References {
  if (!range) return [];
  const chance = {value: range.chance, label: 'all projections alike'};
  return range.floor === undefined ? [chance] : [chance, {value: range.floor, label: 'about the least'}];
}

/** How many lines names take in the legend, side by side where they fit. */
function legendLines(names: readonly string[]): number {
  let lines = 1;
  let used = 0;
  for (const {length} of names) {
    const needed = pixels.mark + pixels.character * length;
    if (used > 0 && used + needed > width) {
      lines++;
      used = 0;
    }
    used += needed;
  }
  return lines;
}

type CurvePoint = {step: number; value: number};

/** Means of neighboring steps, at most so many points. */
function thinned(events: readonly TrainingEvent[], of: Measure['of'], most: number): CurvePoint[] {
  const points = events.flatMap((event): CurvePoint[] => {
    const value = of(event);
    return value !== undefined && Number.isFinite(value) ? [{step: event.step, value}] : [];
  });
  const bin = Math.max(1, Math.ceil(points.length / most));
  return Array.from({length: Math.ceil(points.length / bin)}, (_, i) => {
    const some = points.slice(i * bin, (i + 1) * bin);
    return {step: mean(some, ({step}) => step) ?? NaN, value: mean(some, ({value}) => value) ?? NaN};
  });
}
