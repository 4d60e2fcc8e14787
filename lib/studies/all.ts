// The table of all studies whose runs are kept: a study is a folder beside this file and a line in it.

import {check} from '../check';
import type {Study} from '../study/study';
import type {RunOptions} from '../training/run';
import {colors} from './colorSpaces/study';
import {masks} from './masks/study';
import {methods} from './methods/study';
import {factors} from './sharedFactors/study';
import {temperature} from './temperature/study';
import {views} from './views/study';

/** Settings and dials are plain data; what reads a study from this table hands it what the study itself made. */
export type AnyStudy = Study<RunOptions, RunOptions, unknown>;

export const studies: readonly AnyStudy[] = [temperature, methods, masks, views, factors, colors];

/** @throws RangeError when there is none of this name. */
export function studyNamed(name: string): AnyStudy {
  const study = studies.find(study => study.name === name);
  check(study !== undefined, 'studyNamed', `expected a study of ${studies.map(study => study.name).join(', ')}, got '${name}'`);
  return study;
}
