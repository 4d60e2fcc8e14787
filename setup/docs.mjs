// `npm run docs`: writes the marked blocks of README, CONTRIBUTING and docs/. Its options are read
// by experiments/docs.ts.

import {experiment} from './experiment.mjs';

/** @param {string[]} args */
export const command = args => experiment('docs', args);
