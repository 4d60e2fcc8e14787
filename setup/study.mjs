// `npm run study -- temperature [options]`: runs a study without a notebook. Its options are read
// by experiments/study.ts.

import {experiment} from './experiment.mjs';

/** @param {string[]} args */
export const command = args => experiment('study', args);
