// The table of all studies whose runs are kept: a study is a folder beside this file and a line in
// it. The command line makes its commands of it, and the process of a job finds here how a run is
// trained.

import {check} from '../check';
import {attmaskCommand} from './attmask/command';
import {colorSpaceCommand} from './colorSpaces/command';
import type {AnyStudy, StudyCommand} from './command';
import {encoderCommand} from './encoders/command';
import {maskCommands} from './masks/command';
import {equalComputeCommand, methodCommand} from './methods/command';
import {sharedFactorsCommand} from './sharedFactors/command';
import {siblingCommand} from './siblings/command';
import {temperatureCommand} from './temperature/command';
import {viewCommands} from './views/command';

export const studies: readonly StudyCommand[] = [
  temperatureCommand,
  encoderCommand,
  methodCommand,
  equalComputeCommand,
  siblingCommand,
  attmaskCommand,
  ...maskCommands,
  ...viewCommands,
  sharedFactorsCommand,
  colorSpaceCommand,
];

/**
 * How the runs of a study are trained, by the name that jobs ask for.
 * @throws RangeError when there is none of this name.
 */
export function runsNamed(name: string): AnyStudy {
  const runs = studies.map(study => study.runs);
  const found = runs.find(study => study.name === name);
  const known = [...new Set(runs.map(study => study.name))].join(', ');
  check(found !== undefined, 'runsNamed', `expected a study of ${known}, got '${name}'`);
  return found;
}
