// How much two views share that have chosen factors alike: known exactly.

import {countOf, type FactorName} from '../datasets/factors';
import {checkFactors} from '../views/sources/sharedFactors';

/**
 * The entropies of the shared factors: exact, since factors are independent and each can be read
 * off either view.
 *
 * @returns Nats: the sum of log of the number of values. Digit alone 2.30, background alone 2.08,
 * none 0.
 * @throws RangeError for a name that is no factor, or is there twice.
 */
export function sharedInformation(shared: readonly FactorName[]): number {
  checkFactors('sharedInformation', shared);
  return shared.reduce((sum, name) => sum + Math.log(countOf(name)), 0);
}

/**
 * What views that share these factors are short of for a task, and what they share beside it:
 * InfoMin's best views have neither.
 *
 * @param task The factor that is asked for.
 * @returns Nats, exactly: `missing` is the task's entropy where it is not shared, else 0; `excess`
 * the entropies of all other shared factors.
 * @see Tian et al. 2020, arXiv:2005.10243.
 */
export function missingInformation(shared: readonly FactorName[], task: FactorName): {missing: number; excess: number} {
  checkFactors('missingInformation', [task]);
  const [all, own] = [sharedInformation(shared), Math.log(countOf(task))];
  return shared.includes(task) ? {missing: 0, excess: all - own} : {missing: own, excess: all};
}
