// How the temperature ran in a training, and what came of it: schedules of τ side by side, constant
// ones among them.

import {groups} from 'd3-array';
import {meanInterval, type MeanInterval} from '../../analysis/meanInterval';
import {intervalText} from '../../analysis/meansBy';
import {check} from '../../check';
import type {Accuracies} from '../../evaluation/accuracies';
import type {Figure} from '../../figures/figure';
import {accuracyNames, countsText, oneOf, provenanceText, tableRow} from '../../figures/measuredTexts';
import {panels, sideLabels, type Panel, type SideLabel} from '../../figures/panels';
import {sentences, spanOf} from '../../figures/texts';
import {layout, mark, ticksAt} from '../../figures/theme';
import {line} from '../../figures/traces';
import {methodTitles} from './task';
import {settingText, type TemperatureRow} from './study';

export interface ScheduleFigureOptions {
  /** @default 'linear' */
  accuracy?: keyof Accuracies;
  /** @default '<Method> on <data set>: temperatures that move' */
  title?: string;
}

/** Of the axis of τ. */
const TICKS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10];
/** Pixels: room for a schedule's name with its accuracy. */
const RIGHT = 400;
/** Pixels of the panel. */
const HEIGHT = 400;

/** Whom to credit for a schedule, by how its name begins. */
const sources = {
  cosine: 'Kukleva et al. 2023, arXiv:2303.13664 (cosine)',
  learned: 'Radford et al. 2021, arXiv:2103.00020 (learned)',
} as const;

/** A schedule: τ at each epoch, mean over seeds, and the accuracy that came of it. */
type ScheduleLine = {name: string; τ: number[]; measured: MeanInterval};

/**
 * τ against the epoch, one line for each schedule (mean over seeds, which differ where τ is
 * learned), with its accuracy at its end: mean and half of its 95 % t-interval over seeds.
 *
 * @param rows Of one data set, method and loss with a temperature; at least one.
 * @throws RangeError when there is none, or rows of several data sets, methods or losses.
 */
export function scheduleFigure(rows: readonly TemperatureRow[], options: ScheduleFigureOptions = {}): Figure {
  const {accuracy = 'linear', title} = options;
  const drawn = rows.filter(row => row.temperature !== null || row.schedule !== null);
  check(drawn.length > 0, 'scheduleFigure', 'expected at least one row with a temperature, got none');
  const dataset = oneOf('scheduleFigure', 'data set', drawn, row => row.dataset);
  const method = oneOf('scheduleFigure', 'method', drawn, row => row.method);
  oneOf('scheduleFigure', 'loss', drawn, row => row.loss);
  const schedules = groups(drawn, row => row.schedule ?? `constant ${row.temperature}`);
  const lines = schedules.map(([name, group]): ScheduleLine => ({
    name,
    τ: temperatures(group),
    measured: meanInterval(group.map(row => 100 * row.last[accuracy])),
  }));
  const [least, most] = spanOf(lines.flatMap(({τ}) => τ));
  const range: [number, number] = [Math.log10(least) - 0.08, Math.log10(most) + 0.08];
  const epochs = Math.max(...lines.map(({τ}) => τ.length));
  const textOf = ({name, measured}: ScheduleLine) => `${name}: ${intervalText(measured)} %`;
  const label = (schedule: ScheduleLine, i: number): SideLabel => ({
    from: (schedule.τ.length - 0.5) / epochs,
    value: Math.log10(schedule.τ.at(-1)!),
    text: textOf(schedule),
    color: mark(i).color,
  });
  const panel: Panel = {
    heading: 'temperature τ (no unit, logarithmic)',
    height: HEIGHT,
    y: {type: 'log', range, ...ticksAt(TICKS, TICKS.map(String))},
    traces: lines.map(({name, τ}, i) => {
      const {color, dash, symbol} = mark(i);
      return line(
        name,
        τ.map((_, epoch) => epoch + 0.5),
        τ,
        {
          color,
          width: 3,
          dash,
          points: {color, symbol, size: 8},
          hover: `${name}<br>epoch %{x:.0f}: τ = %{y:.3f}`,
        },
      );
    }),
    marks: axes => sideLabels(lines.map(label), range, HEIGHT, axes),
  };
  const {data, places} = panels([panel], {x: {range: [0, epochs], title: 'epoch'}, top: 150, bottom: 84, gap: 0});
  const several = schedules.some(([, group]) => group.length > 1);
  const spread = several ? 'mean ± half of the 95 % t-interval over seeds' : 'one seed: no spread known';
  const moved = ({τ}: ScheduleLine) => `τ from ${τ[0]!.toFixed(2)} to ${τ.at(-1)!.toFixed(2)}`;
  return {
    name: `schedules-${accuracy}-${dataset}`,
    data,
    layout: layout({
      title: title ?? `${methodTitles[method]} on ${dataset}: temperatures that move`,
      subtitle: `beside each line: accuracy of ${accuracyNames[accuracy]}, ${spread}`,
      right: RIGHT,
      ...places,
    }),
    caption: sentences(
      `Temperature τ by epoch for each schedule, and its accuracy (${accuracyNames[accuracy]}) on the test split of ` +
        `${dataset} at the last epoch.`,
      `${countsText(drawn, settingText)}.`,
      provenanceText(drawn),
    ),
    alt: `Lines of τ over epochs. ${lines.map(schedule => `${textOf(schedule)}, ${moved(schedule)}`).join('; ')}.`,
    credits: Object.entries(sources)
      .filter(([name]) => drawn.some(({schedule}) => schedule?.startsWith(name)))
      .map(([, source]) => source),
    runs: drawn.map(row => row.run),
    rows: drawn.map(tableRow),
  };
}

/** τ at each epoch, mean over the runs of one schedule. */
function temperatures(rows: readonly TemperatureRow[]): number[] {
  const epochs = Math.max(...rows.map(row => row.course.length));
  const at = (epoch: number) =>
    rows.map(row => row.course[epoch]?.temperature ?? row.temperature ?? NaN).filter(Number.isFinite);
  return Array.from({length: epochs}, (_, epoch) => meanInterval(at(epoch)).mean);
}
