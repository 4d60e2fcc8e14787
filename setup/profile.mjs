// `npm run profile -- temperature [options]`: where the time of a study's training step goes. Its
// options are read by experiments/profile.ts.

import {experiment} from './experiment.mjs';

/** @param {string[]} args */
export const command = args => experiment('profile', args);
