// What:     masked autoencoders: the mask ratio, the strategy by which patches are hidden, and target, mask token and decoder, with seeds.
// Command:  npm run study -- mask-ratio|mask-strategy|mask-design [--preset smoke|default|paper] [options]
// Expected: rows in experiments/results/masks, figures beside them; docs/studies.md has minutes, docs/results.md numbers.

import {Option, type Command} from 'commander';
import {vitNames} from '../lib/backbones/namedBackbone';
import type {Figure} from '../lib/figures/figure';
import {maskAblationFigure} from '../lib/studies/masks/ablationFigure';
import {maskRatioFigure} from '../lib/studies/masks/ratioFigure';
import {mae2022} from '../lib/studies/masks/published';
import {maskAblations} from '../lib/studies/masks/ablations';
import type {Preset} from '../lib/preset';
import {maskDesignStudy} from '../lib/studies/masks/designStudy';
import {maskDesignPresets, maskRatioPresets, maskStrategyPresets} from '../lib/studies/masks/presets';
import {maskRatioStudy} from '../lib/studies/masks/ratioStudy';
import {maskStrategyStudy} from '../lib/studies/masks/strategyStudy';
import type {MaskRow, MaskStudyOptions} from '../lib/studies/masks/study';
import type {StudyOptions} from '../lib/study/study';
import type {StudyPreset} from '../lib/study/studyPreset';
import {numbers, positive} from './options';
import {studyCommand, type StudyCommandOptions} from './studyCommand';

const rowText = ({variant, fineTuned}: MaskRow) => `${variant}${fineTuned ? `, fine-tuned ${(100 * fineTuned.last).toFixed(1)} %` : ''}`;

/** What the three have in common. Rows lie in one folder: the reference of one is that of the others. */
function command<P extends Omit<MaskStudyOptions, 'dataset' | 'variants'>>(options: {name: string; description: string; presets: Record<Preset, StudyPreset<P>>; study(options: P & StudyOptions): AsyncGenerator<MaskRow>;
  figuresOf: StudyCommandOptions<StudyPreset<P>, MaskRow>['figuresOf']}): Command {
  return studyCommand({...options, folder: 'masks', untrained: false, rowText} as unknown as StudyCommandOptions<StudyPreset<P>, MaskRow>)
    .option('--epochs <n>', 'epochs of each pre-training', positive)
    .option('--batch <n>', 'images a step', positive)
    .addOption(new Option('--backbone <name>', 'encoder').choices(vitNames));
}

/** One for each thing that was turned, by its name. */
const figuresOf = (rows: readonly MaskRow[]): Map<string, Figure> => new Map(maskAblations(rows).map(ablation => [`-${ablation.ablation.replace(' ', '-')}`, maskAblationFigure(ablation, {rows, published: mae2022})]));

export const maskRatio = command({name: 'mask-ratio', description: 'masked autoencoders at several mask ratios: reconstruction, accuracy, fine-tuning, cost', presets: maskRatioPresets, study: maskRatioStudy, figuresOf: (rows, baselines) => new Map([['', maskRatioFigure(rows, {baselines, published: mae2022})]])})
  .option('--ratios <list>', 'shares of the patches that are hidden, for example 0.25,0.75', numbers)
  .option('--fine-tuned <list>', 'those of them whose encoders are fine-tuned, too', numbers);
export const maskStrategy = command({name: 'mask-strategy', description: 'masked autoencoders that hide as many patches, each otherwise', presets: maskStrategyPresets, study: maskStrategyStudy, figuresOf});
export const maskDesign = command({name: 'mask-design', description: 'masked autoencoders with other targets, mask tokens in the encoder, other decoders', presets: maskDesignPresets, study: maskDesignStudy, figuresOf});
