// How the temperature ran in a training, and what came of it: schedules of τ side by side, constant ones among them.

import {meanInterval} from '../../analysis/meanInterval';
import {intervalText} from '../../analysis/meansBy';
import {check} from '../../check';
import type {Accuracies} from '../../evaluation/accuracies';
import {methodTitles} from './task';
import {settingText, type TemperatureRow} from './study';
import type {Figure, PlotlyObject} from '../../figures/figure';
import {grouped} from '../../figures/grouped';
import {panels, sideLabels} from '../../figures/panels';
import {accuracyNames, countsText, oneOf, provenanceText, tableRow} from '../../figures/measuredTexts';
import {layout, mark} from '../../figures/theme';

export interface ScheduleFigureOptions {
  /** @default 'linear' */
  accuracy?: keyof Accuracies;
  /** @default '<Method> on <data set>: temperatures that move' */
  title?: string;
}

/** Of the axis of τ. */
const TICKS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10];

/** Room for a schedule's name with its accuracy. */
const RIGHT = 400;

/**
 * τ against the epoch, one line for each schedule (mean over seeds, which differ where τ is learned), with its accuracy at its end: mean and half of its 95 % t-interval over seeds.
 *
 * @param rows Of one data set, method and loss with a temperature; at least one.
 * @throws RangeError when there is none, or rows of several data sets, methods or losses.
 */
export function scheduleFigure(rows: readonly TemperatureRow[], {accuracy = 'linear', title}: ScheduleFigureOptions = {}): Figure {
  const drawn = rows.filter(row => row.temperature !== null || row.schedule !== null);
  check(drawn.length > 0, 'scheduleFigure', 'expected at least one row with a temperature, got none');
  const [dataset, method] = [oneOf('scheduleFigure', 'data set', drawn, row => row.dataset), oneOf('scheduleFigure', 'method', drawn, row => row.method)];
  oneOf('scheduleFigure', 'loss', drawn, row => row.loss);
  const lines = [...grouped(drawn, row => row.schedule ?? `constant ${row.temperature}`)].map(([name, group]) => {
    const epochs = Math.max(...group.map(row => row.course.length));
    const at = (epoch: number) => group.map(row => row.course[epoch]?.temperature ?? row.temperature ?? NaN).filter(Number.isFinite);
    const τ = Array.from({length: epochs}, (_, epoch) => meanInterval(at(epoch)).mean);
    return {name, group, τ, measured: meanInterval(group.map(row => 100 * row.last[accuracy]))};
  });
  const all = lines.flatMap(({τ}) => τ);
  const range: [number, number] = [Math.log10(Math.min(...all)) - 0.08, Math.log10(Math.max(...all)) + 0.08];
  const epochs = Math.max(...lines.map(({τ}) => τ.length));
  const panelHeight = 400;
  const textOf = ({name, measured}: (typeof lines)[number]) => `${name}: ${intervalText(measured)} %`;
  const {data, height, axes, annotations, shapes} = panels([{
    heading: 'temperature τ (no unit, logarithmic)', height: panelHeight, y: {type: 'log', range, tickmode: 'array', tickvals: TICKS, ticktext: TICKS.map(String)},
    traces: lines.map(({name, τ}, i): PlotlyObject => {
      const {color, dash, symbol} = mark(i);
      return {type: 'scatter', mode: 'lines+markers', name, x: τ.map((_, epoch) => epoch + 0.5), y: τ, line: {color, width: 3, dash}, marker: {color, symbol, size: 8},
        hovertemplate: `${name}<br>epoch %{x:.0f}: τ = %{y:.3f}<extra></extra>`};
    }),
    marks: (x, y) => sideLabels(lines.map((line, i) => ({from: (line.τ.length - 0.5) / epochs, value: Math.log10(line.τ.at(-1)!), text: textOf(line), color: mark(i).color})), range, panelHeight, x, y),
  }], {x: {range: [0, epochs], title: 'epoch'}, top: 150, bottom: 84, gap: 0});
  const seeds = Math.max(...lines.map(({group}) => group.length));
  return {
    name: `schedules-${accuracy}-${dataset}`,
    data,
    layout: layout({
      title: title ?? `${methodTitles[method]} on ${dataset}: temperatures that move`,
      subtitle: `beside each line: accuracy of ${accuracyNames[accuracy]}, ${seeds > 1 ? 'mean ± half of the 95 % t-interval over seeds' : 'one seed: no spread known'}`,
      height, top: 150, bottom: 84, right: RIGHT, annotations, shapes, ...axes,
    }),
    caption: [
      `Temperature τ by epoch for each schedule, and its accuracy (${accuracyNames[accuracy]}) on the test split of ${dataset} at the last epoch.`,
      `${countsText(drawn, settingText)}. ${provenanceText(drawn)}`,
    ].join(' '),
    alt: `Lines of τ over epochs. ${lines.map(line => `${textOf(line)}, τ from ${line.τ[0]!.toFixed(2)} to ${line.τ.at(-1)!.toFixed(2)}`).join('; ')}.`,
    credits: ['Kukleva et al. 2023, arXiv:2303.13664 (cosine)', 'Radford et al. 2021, arXiv:2103.00020 (learned)'].filter((_, i) => drawn.some(({schedule}) => schedule?.startsWith(['cosine', 'learned'][i]!))),
    runs: drawn.map(row => row.run),
    rows: drawn.map(tableRow),
  };
}
