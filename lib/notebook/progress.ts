// How far a training or a study is, as a small page that is redrawn while it runs, and as a line of text.

import {healthSentence} from '../analysis/health';
import type {Row} from '../figures/figure';
import {colours} from '../figures/theme';
import type {TrainingEvent} from '../training/event';
import {table} from './table';

/** Which training of a study it is, from 0, and what sets it apart: {index: 2, runs: 15, temperature: 0.1, seed: 0}. */
export type TrainingOfStudy = {readonly index: number; readonly runs: number; readonly [setting: string]: string | number};

/** What has come so far. */
export type Progress = {
  /** Of the training that runs now. */
  events: readonly TrainingEvent[];
  training?: TrainingOfStudy;
  /** Of the study that it belongs to. */
  rows: readonly Row[];
  /** Since the first event of the training, and since the start of all. */
  trainingSeconds: number;
  seconds: number;
  state: 'running' | 'interrupted' | 'failed';
};

/** Points of a curve that is a few hundred pixels wide. */
const POINTS = 240;
/** Events that are looked at for a drawing, however many there are. */
const SEEN = 2000;
const [CURVE, SMALL] = [{width: 460, height: 110}, {width: 150, height: 44}];

/** "step 120 of 960, epoch 6 of 40, loss 4.310, 310 images/s, about 1 min 20 s left"; for a study the number of the run, its settings and the rows before it. */
export function progressText({events, training, rows, trainingSeconds, seconds, state}: Progress): string {
  const event = events.at(-1);
  const parts = event ? [
    `step ${event.step} of ${event.steps}`, `epoch ${event.epoch + 1} of ${event.epochs}`, `loss ${event.loss.toFixed(3)}`, `${Math.round(mean(events.slice(-20).map(({imagesPerSecond}) => imagesPerSecond)))} images/s`,
    ...(state === 'running' ? remaining(events, trainingSeconds, training) : []),
  ] : [];
  if (training) {
    const {index, runs, ...settings} = training;
    parts.unshift(`run ${index + 1} of ${runs}`, ...Object.entries(settings).map(([name, value]) => `${name} ${value}`));
  }
  if (rows.length) parts.unshift(`${rows.length} row${rows.length === 1 ? '' : 's'}`);
  if (!parts.length) parts.push('starting');
  if (state !== 'running') parts.unshift(state);
  return [...parts, `${duration(seconds)} so far`].join(', ');
}

/** One sentence when the training is sick, else empty. */
export function progressWarning({events}: Progress): string {
  const event = events.at(-1);
  return event ? healthSentence(event) : '';
}

/** HTML without scripts: a bar, the loss, small curves of the metrics, and the rows so far. */
export function progressHtml(progress: Progress): string {
  const {events, rows, state} = progress;
  const event = events.at(-1);
  const warning = progressWarning(progress);
  const metrics = event ? Object.keys(event.metrics) : [];
  const bar = event ? `<div style="background:${colours.grid};height:8px;width:${CURVE.width}px;margin:4px 0 8px"><div style="background:${state === 'running' ? colours.blue : colours.vermilion};height:8px;width:${
    Math.round((CURVE.width * event.step) / event.steps)}px"></div></div>` : '';
  const seen = events.filter((_, i) => i % Math.ceil(events.length / SEEN) === 0 || i === events.length - 1);
  const curves = event ? `<div style="display:flex;flex-wrap:wrap;gap:16px;align-items:flex-end">${[
    curve('loss (nats)', seen.map(({loss}) => loss), CURVE),
    `<div style="display:grid;grid-template-columns:repeat(2,auto);gap:6px 16px">${metrics.map(name => curve(name, seen.map(({metrics}) => metrics[name]!), SMALL)).join('')}</div>`,
  ].join('')}</div>` : '';
  return `<div style="font-size:14px" role="status"><div>${escape(progressText(progress))}</div>${bar}${curves}${warning ? `<p style="color:${colours.vermilion};font-weight:bold">${escape(warning)}</p>` : ''}${
    rows.length ? table(rows.slice(-12)).html : ''}</div>`;
}

function curve(name: string, values: readonly number[], {width, height}: {width: number; height: number}): string {
  const points = thinned(values.filter(Number.isFinite));
  const [low, high] = [Math.min(...points), Math.max(...points)];
  const y = (value: number) => (high > low ? ((high - value) / (high - low)) * (height - 6) + 3 : height / 2);
  const path = points.map((value, i) => `${((i / Math.max(1, points.length - 1)) * width).toFixed(1)},${y(value).toFixed(1)}`).join(' ');
  const range = `${figure(low)} to ${figure(high)}`;
  return `<div><div style="line-height:1.3">${escape(name)}: <b>${figure(values.at(-1) ?? NaN)}</b></div><svg width="${width}" height="${height}" role="img" aria-label="${escape(name)}, ${range}">`
    + `<rect width="${width}" height="${height}" fill="${colours.tint}"/><polyline points="${path}" fill="none" stroke="${colours.blue}" stroke-width="2"/></svg><div style="line-height:1;color:${colours.quiet};font-size:12px">${range}</div></div>`;
}

function thinned(values: readonly number[]): number[] {
  const bin = Math.ceil(values.length / POINTS);
  return Array.from({length: Math.ceil(values.length / Math.max(1, bin))}, (_, i) => mean(values.slice(i * bin, (i + 1) * bin)));
}

/** By the speed of the steps seen, for this training and those after it; nothing is said before the second step. */
function remaining(events: readonly TrainingEvent[], seconds: number, training?: TrainingOfStudy): string[] {
  const [first, last] = [events[0]!, events.at(-1)!];
  if (last.step === first.step) return [];
  const later = training ? training.runs - training.index - 1 : 0;
  return [`about ${duration((seconds * (last.steps - last.step + later * last.steps)) / (last.step - first.step))} left`];
}

/** "45 s", "1 min 20 s", "2 h 5 min". */
export function duration(seconds: number): string {
  const s = Math.round(seconds);
  if (s < 60) return `${s} s`;
  return s < 3600 ? `${Math.floor(s / 60)} min ${s % 60} s` : `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`;
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const figure = (value: number) => (Number.isFinite(value) ? String(Number(value.toPrecision(4))).replace('-', '−') : '–');
const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
