// How much two views share that have chosen factors alike: known exactly.

import {countOf, type FactorName} from '../datasets/factors';
import {checkFactors} from '../views/sharedFactors';

/**
 * The entropies of the shared factors: exact, since factors are independent and each can be read off either view.
 *
 * @returns Nats: the sum of log of the number of values. Digit alone 2.30, background alone 2.08, none 0.
 * @throws RangeError for a name that is no factor, or is there twice.
 */
export function sharedInformation(shared: readonly FactorName[]): number {
  checkFactors('sharedInformation', shared);
  return shared.reduce((sum, name) => sum + Math.log(countOf(name)), 0);
}
