// What all estimates of a figure share.

import {thousands} from '../../figures/texts';
import type {EstimatorRow} from './trials';

/** "separable critic, K = 64, 4,000 steps". */
export const criticText = ({critic, batch, steps}: EstimatorRow): string =>
  `${critic} critic, K = ${batch}, ${thousands(steps)} steps`;
