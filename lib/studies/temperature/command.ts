// The command of accuracy, uniformity and tolerance against the temperature τ and the loss.

import type {Figure} from '../../figures/figure';
import {lossNames} from '../../losses/namedLoss';
import type {TemperatureSchedule} from '../../methods/contrastive/temperatureSchedule';
import {contrastiveMethods} from './task';
import type {StudyPreset} from '../../study/studyPreset';
import type {StudyCommand} from '../command';
import {backboneOption, batchOption, epochsOption, listOf, widths} from '../options';
import {temperatureFigure} from './figure';
import {lossFigure} from './lossFigure';
import {temperaturePresets} from './presets';
import {wangLiu2021} from './published';
import {scheduleFigure} from './scheduleFigure';
import {temperatureRuns, temperatureStudy, type TemperatureRow, type TemperatureStudyOptions} from './study';

/** "0.1,cosine:1:0.1:0.5,learned:0.07" */
export function temperatures(text: string): TemperatureSchedule[] {
  return text.split(',').map(part => {
    const [name = '', ...rest] = part.trim().split(':');
    const [first = NaN, second = NaN, third = NaN] = rest.map(Number);
    const allAbove0 = rest.every(value => Number(value) > 0);
    if (allAbove0 && name === 'cosine' && rest.length === 3)
      return {schedule: 'cosine', from: first, to: second, periods: third};
    if (allAbove0 && name === 'learned' && rest.length === 1) return {schedule: 'learned', start: first};
    if (rest.length === 0 && Number(name) > 0) return Number(name);
    throw new RangeError(
      'expected values above 0, cosine:<from>:<to>:<periods> or learned:<start>, with commas between them, ' +
        `got "${part}".`,
    );
  });
}

export const temperatureCommand: StudyCommand<StudyPreset<TemperatureStudyOptions>, TemperatureRow> = {
  name: 'temperature',
  description: 'contrastive learning at several temperatures and losses: accuracy, uniformity, tolerance, with seeds',
  presets: temperaturePresets,
  options: [
    {
      flags: '--method <name>',
      text: 'whose negatives: of the batch, of a queue, of a memory bank',
      choices: contrastiveMethods,
    },
    {flags: '--losses <list>', text: `of ${lossNames.join(', ')}`, parse: listOf('losses', lossNames)},
    {
      flags: '--temperatures <list>',
      parse: temperatures,
      text: 'values of τ, for example 0.1,0.3; or how it runs: cosine:<from>:<to>:<periods>, learned:<start>',
    },
    {flags: '--share <share>', text: 'of the negatives that hard losses keep, above 0 and at most 1', parse: Number},
    epochsOption,
    batchOption,
    {flags: '--projector <widths>', text: "widths of the projector's layers, for example 192,128", parse: widths},
    backboneOption,
  ],
  runs: temperatureRuns,
  study: temperatureStudy,
  settingText: ({loss, temperature, schedule}) =>
    [
      ...(loss === 'contrastive' ? [] : [loss]),
      ...((temperature ?? schedule) ? [`τ ${temperature ?? schedule}`] : []),
    ].join(', '),
  /**
   * The curve of the first loss with a temperature, all losses where there are several, schedules
   * where τ moved.
   */
  figuresOf(rows, baselines, families) {
    const figures = new Map<string, Figure>();
    const first = rows.find(({temperature}) => temperature !== null)?.loss;
    const published = wangLiu2021.filter(row => row.dataset === 'CIFAR-10');
    if (first)
      figures.set(
        '',
        temperatureFigure(
          rows.filter(row => row.loss === first),
          {baselines, published, families},
        ),
      );
    if (first && rows.some(({loss}) => loss !== first)) figures.set('-losses', lossFigure(rows));
    const moved = rows.find(({schedule}) => schedule !== null)?.loss;
    if (moved) figures.set('-schedules', scheduleFigure(rows.filter(row => row.loss === moved)));
    return figures;
  },
};
