// `npm run study -- <study> [options]`: runs a study from a terminal. A study is a file beside this one.

import {Command} from 'commander';
import {attmask} from './attmask';
import {colors} from './colors';
import {factors} from './factors';
import {maskDesign, maskRatio, maskStrategy} from './masks';
import {methods} from './methods';
import {runProgram} from './runProgram';
import {siblings} from './siblings';
import {temperature} from './temperature';
import {viewCrop, viewDistance, viewDrawing, viewFrequency, viewJitter} from './views';

export const program = new Command('npm run study --')
  .description('Runs a study, run by run. What is finished is kept: started again, it goes on where it stopped.')
  .addCommand(temperature)
  .addCommand(methods)
  .addCommand(siblings)
  .addCommand(attmask)
  .addCommand(maskRatio)
  .addCommand(maskStrategy)
  .addCommand(maskDesign)
  .addCommand(viewCrop)
  .addCommand(viewJitter)
  .addCommand(viewFrequency)
  .addCommand(viewDistance)
  .addCommand(viewDrawing)
  .addCommand(factors)
  .addCommand(colors);

if (require.main === module) runProgram(program);
