// How closely the points of each cluster stand round their center: the temperature that
// prototypical contrastive learning gives to each. Li et al. 2021, "Prototypical Contrastive
// Learning of Unsupervised Representations", arXiv:2005.04966, sec. 3.3.

import {quantile} from 'd3-array';
import {check} from '../../check';

/** α: keeps small clusters from having a large φ. */
const SMOOTHING = 10;

/**
 * φ = mean distance / log(points + 10) of each cluster. Clusters of one point get the largest of
 * the others, what lies outside the 10th and 90th percentile is put there, and all are scaled to
 * the mean `temperature`.
 *
 * @param distances [n], of each point from the center of its cluster.
 * @param assignment [n], 0 to k − 1.
 * @returns [k], larger where a cluster is loose. The temperature for all of them when they are
 * alike, or when each cluster is one place.
 * @throws RangeError when the temperature is not above 0.
 * @see Li et al. 2021, φ; salesforce/PCL, main_pcl.py, run_kmeans.
 */
export function concentrations(
  distances: ArrayLike<number>,
  assignment: ArrayLike<number>,
  k: number,
  {temperature}: {temperature: number},
): Float32Array {
  check(temperature > 0, 'concentrations', `expected temperature > 0, got ${temperature}`);
  const [sums, counts] = [new Float64Array(k), new Float64Array(k)];
  for (let i = 0; i < distances.length; i++) {
    sums[assignment[i]!]! += distances[i]!;
    counts[assignment[i]!]!++;
  }
  const raw = sums.map((sum, cluster) =>
    counts[cluster]! > 1 ? sum / counts[cluster]! / Math.log(counts[cluster]! + SMOOTHING) : 0,
  );
  const largest = raw.reduce((a, b) => Math.max(a, b));
  const whole = raw.map((value, cluster) => (counts[cluster]! > 1 ? value : largest));
  const [low = NaN, high = NaN] = [0.1, 0.9].map(share => quantile(whole, share));
  const within = whole.map(value => Math.min(Math.max(value, low), high));
  const mean = within.reduce((a, b) => a + b) / k;
  return Float32Array.from(within, value => (mean > 0 ? (temperature * value) / mean : temperature));
}
