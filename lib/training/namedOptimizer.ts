// An optimizer with its peak rate as plain data: for command lines and for the options that a run
// keeps.

import {check} from '../check';
import {adamW} from './adamW';
import {clipped} from './clipped';
import {lars, type LarsOptions} from './lars';
import type {Optimizer} from './optimizer';
import {sgd} from './sgd';

export type OptimizerSettings = {
  name: 'adamW' | 'sgd' | 'lars';
  /** Peak learning rate. */
  rate: number;
  /** Weight decay. */
  decay: number;
  /** Length to which a parameter's gradient is cut, see {@link clipped}. @default as it is */
  clip?: number;
  /**
   * Of lars alone, see {@link LarsOptions}: 'steps' for SimCLR, 'gradients' for BYOL, MoCo v3,
   * Barlow Twins, VICReg.
   * @default 'steps'
   */
  momentumOf?: LarsOptions['momentumOf'];
};

/** The rate is the schedule's business and not used here. */
export function namedOptimizer({clip, ...settings}: OptimizerSettings): Optimizer {
  return clip === undefined ? plain(settings) : clipped(plain(settings), clip);
}

function plain({name, decay, momentumOf}: OptimizerSettings): Optimizer {
  check(
    name === 'lars' || momentumOf === undefined,
    'namedOptimizer',
    `expected momentumOf for lars alone, got it for ${name}`,
  );
  switch (name) {
    case 'adamW':
      return adamW({decay});
    case 'sgd':
      return sgd({decay});
    case 'lars':
      return lars({decay, momentumOf});
    default:
      name satisfies never;
      check(false, 'namedOptimizer', `expected adamW, sgd or lars, got '${name}'`);
  }
}
