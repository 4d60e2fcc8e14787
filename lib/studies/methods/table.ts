// Methods, or the settings of an ablation, in numbers: accuracies, what they are above the
// untrained encoder, health, minutes.

import {intervalText} from '../../analysis/meansBy';
import {meanInterval} from '../../analysis/meanInterval';
import type {BaselineRow} from '../../study/baselines';
import {illness} from './illness';
import type {MethodRow} from './study';
import type {Ablation} from '../siblings/study';
import type {Row} from '../../figures/figure';
import {distinct} from '../../figures/distinct';

export interface MethodTableOptions {
  /** @default a line for each variant, under its name */
  lines?: Ablation['lines'];
  /** With those of the untrained encoder, each run is compared with its own start. */
  baselines?: readonly BaselineRow[];
}

/**
 * A line for each setting, of several seeds the mean and half of its 95 % t-interval; `panel` is
 * what the health panel says, and of how many seeds. For `show`.
 */
export function methodTable(rows: readonly MethodRow[], options: MethodTableOptions = {}): Row[] {
  const variants = distinct(rows.map(row => row.variant));
  const {lines = variants.map(name => [name, name] as const), baselines = []} = options;
  const untrained = new Map(
    baselines.filter(({baseline}) => baseline === 'untrained').map(row => [row.seed, row] as const),
  );
  return lines.flatMap(([line, variant]): Row[] => {
    const group = rows.filter(row => row.variant === variant);
    if (group.length === 0) return [];
    const of = (value: (row: MethodRow) => number | null | undefined, digits: number) => {
      const values = group.flatMap(row => value(row) ?? []).filter(Number.isFinite);
      return values.length > 0 ? intervalText(meanInterval(values), digits) : '';
    };
    const above = (reader: 'knn' | 'linear') =>
      of(row => {
        const start = untrained.get(row.seed);
        return start && 100 * (row.last[reader] - start[reader]);
      }, 1);
    const end = (name: string) => (row: MethodRow) => row.course.at(-1)![name];
    return [
      {
        setting: line,
        'k-NN (%)': of(row => 100 * row.last.knn, 1),
        'linear (%)': of(row => 100 * row.last.linear, 1),
        ...(untrained.size > 0 && {'k-NN − untrained': above('knn'), 'linear − untrained': above('linear')}),
        'projection: k-NN (%)': of(row => 100 * row.last.knnProjection, 1),
        'projection: linear (%)': of(row => 100 * row.last.linearProjection, 1),
        alignment: of(row => row.alignment, 2),
        uniformity: of(row => row.uniformity, 2),
        'std × √d': of(end('collapse'), 2),
        directions: of(end('dimensions'), 1),
        RankMe: of(row => row.rankMe, 0),
        LiDAR: of(row => row.lidar, 0),
        minutes: of(row => row.minutes, 1),
        panel: saidOf(group),
      },
    ];
  });
}

/** "Collapse: … (3 of 3 seeds)", or nothing. */
function saidOf(group: readonly MethodRow[]): string {
  const said = group.map(row => illness(row)).filter(Boolean);
  const short = distinct(said.map(sentence => sentence.split(/[:(]/)[0]!.trim()));
  return said.length > 0 ? `${short.join('; ')} (${said.length} of ${group.length} seeds)` : '';
}
