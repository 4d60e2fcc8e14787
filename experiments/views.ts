// What:     what makes for good views: the size of crops, the strength of the colour jitter, the cut between coarse and fine, the distance of two patches, or whose drawing it is, is turned; accuracy against the
//           information that views share, with seeds.
// Command:  npm run study -- view-crop|view-jitter|view-frequency|view-distance|view-drawing [--preset smoke|default|paper] [options]
// Expected: rows in experiments/results/views, figures beside them; docs/studies.md has minutes, docs/results.md numbers.

import {Option, type Command} from 'commander';
import {backboneNames} from '../lib/backbones/namedBackbone';
import type {Figure} from '../lib/figures/figure';
import {goodViewsFigure} from '../lib/studies/views/figure';
import {viewDialFigure} from '../lib/studies/views/dialFigure';
import type {BaselineRow} from '../lib/study/baselines';
import {viewDials} from '../lib/studies/views/dials';
import {viewInformationStudy, type ViewRow} from '../lib/studies/views/study';
import {cropPresets, distancePresets, drawingPresets, frequencyPresets, jitterPresets} from '../lib/studies/views/presets';
import {numbers, positive} from './options';
import {studyCommand} from './studyCommand';

const figuresOf = (rows: readonly ViewRow[], baselines: readonly BaselineRow[]): Map<string, Figure> => new Map([['', goodViewsFigure(rows, {baselines})], ['-dial', viewDialFigure(rows, {baselines})]]);
const rowText = ({dial, value, information}: ViewRow) => `${viewDials[dial].short} ${value}: I_NCE ${information.toFixed(2)} nats`;

const command = (name: string, description: string, presets: typeof cropPresets): Command =>
  studyCommand({name, folder: 'views', description, presets, study: viewInformationStudy, rowText, figuresOf})
    .option('--values <list>', 'where the dial is put, for example 0.1,0.4,1', numbers)
    .option('--candidates <k>', 'K of the estimate, at most the number of test images', positive)
    .option('--epochs <n>', 'epochs of each training', positive)
    .option('--batch <n>', 'images a step', positive)
    .addOption(new Option('--backbone <name>', 'encoder').choices(backboneNames));

export const viewCrop = command('view-crop', 'how much of an image each of two crops shows: information shared, accuracy', cropPresets);
export const viewJitter = command('view-jitter', 'how strong the colour jitter of two views is: information shared, accuracy', jitterPresets);
export const viewFrequency = command('view-frequency', 'the blur that cuts an image into a coarse and a fine view: information shared, accuracy', frequencyPresets);
export const viewDistance = command('view-distance', 'how far apart two patches of a large image lie: information shared, accuracy', distancePresets);
export const viewDrawing = command('view-drawing', 'how often two views are by two hands: information shared, accuracy', drawingPresets);
