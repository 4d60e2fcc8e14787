// How far a training or a study is, as a small page that is redrawn while it runs, and as a line of
// text.

import {healthSentence} from '../analysis/health';
import type {Row} from '../figures/figure';
import {colors} from '../figures/theme';
import {
  duration,
  runningRows,
  secondsLeft,
  settingsOf,
  speed,
  studyOf,
  studySecondsLeft,
  type Running,
} from './running';
import {table} from './table';

/** What has come so far. */
export type Progress = {
  /** Trainings that run now: none at the start, several where a study has jobs. */
  running: readonly Running[];
  /** Rows of the study that they belong to. */
  rows: readonly Row[];
  /** Since the start of all. */
  seconds: number;
  state: 'running' | 'interrupted' | 'failed';
};

/** Points of a curve that is a few hundred pixels wide. */
const POINTS = 240;
/** Events that are looked at for a drawing, however many there are. */
const SEEN = 2000;
const [CURVE, SMALL] = [
  {width: 460, height: 110},
  {width: 150, height: 44},
];

/**
 * "step 120 of 960, epoch 6 of 40, loss 4.310, 310 images/s, about 1 min 20 s left"; for a study
 * the number of the run, its settings and the rows before it. Of several trainings a line each,
 * under one for all of them.
 */
export function progressText({running, rows, seconds, state}: Progress): string {
  const studyLeft = state === 'running' ? studySecondsLeft(running) : undefined;
  const parts = [
    ...(state === 'running' ? [] : [state]),
    ...(rows.length ? [`${rows.length} row${rows.length === 1 ? '' : 's'}`] : []),
    ...(running.length === 1 ? [trainingText(running[0]!)] : []),
    ...(running.length > 1 ? [studyText(running)] : []),
    ...(running.length + rows.length === 0 ? ['starting'] : []),
    ...(studyLeft === undefined ? [] : [`about ${duration(studyLeft)} left`]),
    `${duration(seconds)} so far`,
  ];
  const each =
    running.length > 1
      ? running.map(one => {
          const left = secondsLeft(one);
          return (
            '  ' +
            `${trainingText(one)}${left === undefined || state !== 'running' ? '' : `, about ${duration(left)} left`}`
          );
        })
      : [];
  return [parts.join(', '), ...each].join('\n');
}

function studyText(running: readonly Running[]): string {
  const study = studyOf(running);
  const speeds = `${Math.round(running.reduce((sum, one) => sum + speed(one), 0))} images/s`;
  return study
    ? `${study.done} of ${study.runs} runs done${study.lost ? `, ${study.lost} lost` : ''}, ${speeds}`
    : speeds;
}

function trainingText(one: Running): string {
  const {events, training} = one;
  const {step, steps, epoch, epochs, loss} = events.at(-1)!;
  return [
    ...(training
      ? [
          `run ${training.index + 1} of ${training.runs}`,
          ...Object.entries(settingsOf(training)).map(([name, value]) => `${name} ${value}`),
        ]
      : []),
    `step ${step} of ${steps}`,
    `epoch ${epoch + 1} of ${epochs}`,
    `loss ${loss.toFixed(3)}`,
    `${Math.round(speed(one))} images/s`,
  ].join(', ');
}

/** A sentence for each training that is sick, else empty. */
export function progressWarning({running}: Progress): string {
  return running
    .flatMap(({events, training}) => {
      const sentence = healthSentence(events.at(-1)!);
      return sentence ? [running.length > 1 && training ? `Run ${training.index + 1}: ${sentence}` : sentence] : [];
    })
    .join('\n');
}

/**
 * HTML without scripts: a bar, the loss, small curves of the metrics, and the rows so far; of
 * several trainings a table and the curve of each one's loss.
 */
export function progressHtml(progress: Progress): string {
  const {running, rows, state} = progress;
  const warning = progressWarning(progress);
  const [text] = progressText(progress).split('\n');
  const parts = [
    `<div>${escape(text!)}</div>`,
    ...(running.length > 1 ? [side(running)] : running.map(one => alone(one, state))),
    warning && `<p style="color:${colors.vermilion};font-weight:bold">${escape(warning)}</p>`,
    rows.length > 0 && table(rows.slice(-12)).html,
  ];
  return `<div style="font-size:14px" role="status">${parts.filter(Boolean).join('')}</div>`;
}

function alone({events}: Running, state: Progress['state']): string {
  const event = events.at(-1)!;
  const seen = thinnedEvents(events);
  const box = (color: string, width: number, style = '') =>
    `<div style="background:${color};height:8px;width:${Math.round(width)}px${style}">`;
  const done = box(state === 'running' ? colors.blue : colors.vermilion, (CURVE.width * event.step) / event.steps);
  const bar = `${box(colors.grid, CURVE.width, ';margin:4px 0 8px')}${done}</div></div>`;
  const curves = Object.keys(event.metrics)
    .map(name =>
      curve(
        name,
        seen.map(({metrics}) => metrics[name]!),
        SMALL,
      ),
    )
    .join('');
  return `${bar}<div style="display:flex;flex-wrap:wrap;gap:16px;align-items:flex-end">${curve(
    'loss (nats)',
    seen.map(({loss}) => loss),
    CURVE,
  )}<div style="display:grid;grid-template-columns:repeat(2,auto);gap:6px 16px">${curves}</div></div>`;
}

function side(running: readonly Running[]): string {
  const curves = running
    .map(({events, training}) =>
      curve(
        `run ${(training?.index ?? 0) + 1}: loss (nats)`,
        thinnedEvents(events).map(({loss}) => loss),
        SMALL,
      ),
    )
    .join('');
  return `${table(runningRows(running)).html}<div style="display:flex;flex-wrap:wrap;gap:16px">${curves}</div>`;
}

const thinnedEvents = (events: Running['events']) =>
  events.filter((_, i) => i % Math.ceil(events.length / SEEN) === 0 || i === events.length - 1);

function curve(name: string, values: readonly number[], {width, height}: {width: number; height: number}): string {
  const points = thinned(values.filter(Number.isFinite));
  const [low, high] = [Math.min(...points), Math.max(...points)];
  const y = (value: number) => (high > low ? ((high - value) / (high - low)) * (height - 6) + 3 : height / 2);
  const path = points
    .map((value, i) => `${((i / Math.max(1, points.length - 1)) * width).toFixed(1)},${y(value).toFixed(1)}`)
    .join(' ');
  const range = `${figure(low)} to ${figure(high)}`;
  return (
    `<div><div style="line-height:1.3">${escape(name)}: <b>${figure(values.at(-1) ?? NaN)}</b></div><svg ` +
    `width="${width}" height="${height}" role="img" aria-label="${escape(name)}, ${range}">` +
    `<rect width="${width}" height="${height}" fill="${colors.tint}"/><polyline points="${path}" ` +
    `fill="none" stroke="${colors.blue}" stroke-width="2"/></svg><div ` +
    `style="line-height:1;color:${colors.quiet};font-size:12px">${range}</div></div>`
  );
}

function thinned(values: readonly number[]): number[] {
  const bin = Math.ceil(values.length / POINTS);
  return Array.from({length: Math.ceil(values.length / Math.max(1, bin))}, (_, i) =>
    mean(values.slice(i * bin, (i + 1) * bin)),
  );
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const figure = (value: number) =>
  Number.isFinite(value) ? String(Number(value.toPrecision(4))).replace('-', '−') : '–';
const escape = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
