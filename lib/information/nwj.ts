// NWJ, also called MINE-f and the f-divergence bound of KL: TUBA whose baseline is e.
// Nguyen, Wainwright & Jordan 2010, "Estimating Divergence Functionals and the Likelihood Ratio by
// Convex Risk Minimization", arXiv:0809.0853.

import {tf} from '../engine/tf';
import {tuba} from './tuba';

/**
 * 1 + mean of (f_ii − 1) − mean over i ≠ j of exp(f_ij − 1). Its best critic is 1 + log
 * p(y|x)/p(y). A lower bound without bias for that critic; its variance grows like e^I.
 *
 * @param scores f [K, K], K ≥ 2: row i, column j scores x_i with y_j.
 * @returns Nats. Scores that are all 1 give 0.
 * @throws RangeError when the scores are not square or K is below 2.
 * @see Poole et al. 2019, arXiv:1905.06922, eq. 8.
 */
export const nwj = (scores: tf.Tensor2D): tf.Scalar => tf.tidy(() => tuba(scores.sub(1)));
