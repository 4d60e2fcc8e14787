// What:     one channel against the rest: CMC in seven colour spaces and in four learned ones; accuracy against the information that channels share, with seeds.
// Command:  npm run study -- color-spaces [--preset smoke|default|paper] [options]
// Expected: rows in experiments/results/colors, a figure beside them; docs/studies.md has minutes, docs/results.md numbers.

import {Option} from 'commander';
import {backboneNames} from '../lib/backbones/namedBackbone';
import {colorSpaceFigure} from '../lib/studies/colorSpaces/figure';
import {colorPresets} from '../lib/studies/colorSpaces/presets';
import {colorSpaceStudy, spaceTitle, splitSpaces, type ColorSpaceRow} from '../lib/studies/colorSpaces/study';
import {positive, spaceList} from './options';
import {studyCommand} from './studyCommand';

export const colors = studyCommand({
  name: 'color-spaces', folder: 'colors', description: 'one channel of an image against the others, in colour spaces and learned ones: information shared, accuracy', presets: colorPresets, study: colorSpaceStudy,
  rowText: ({space, information}: ColorSpaceRow) => `${spaceTitle(space)}: I_NCE ${information.toFixed(2)} nats`, figuresOf: (rows, baselines) => new Map([['', colorSpaceFigure(rows, {baselines})]]),
})
  .option('--spaces <list>', `of ${splitSpaces.join(', ')}`, spaceList)
  .addOption(new Option('--negatives <where>', 'of the batch, or of a memory of all images').choices(['batch', 'memory']))
  .option('--candidates <k>', 'K of the estimate, at most the number of test images', positive)
  .option('--epochs <n>', 'epochs of each training', positive)
  .option('--flow-epochs <n>', 'epochs in which a learned space is found', positive)
  .option('--batch <n>', 'images a step', positive)
  .addOption(new Option('--backbone <name>', 'each of the two encoders').choices(backboneNames));
