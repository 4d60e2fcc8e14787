// `npm run study -- <study> [options]`: runs a study from a terminal. The studies are those of
// lib/studies/all.ts.

import {Command} from 'commander';
import {studies} from '../lib/studies/all';
import {runProgram} from './runProgram';
import {studyCommand} from './studyCommand';

export const program = new Command('npm run study --').description(
  'Runs a study, run by run. What is finished is kept: started again, it goes on where it stopped.',
);
for (const study of studies) program.addCommand(studyCommand(study));

if (require.main === module) runProgram(program);
