// A data set loaded again in another process, and the check that it is the same.

import {createHash} from 'node:crypto';
import {check} from '../check';
import {datasets, derivations} from './catalogue';
import type {Dataset, Origin} from './dataset';

/**
 * The data set again. Prints nothing: whoever loaded it first has seen the lines.
 *
 * @throws RangeError when the catalogue has no such loader; what the loader throws.
 */
export async function loadOrigin({loader, options, of}: Origin): Promise<Dataset> {
  if (of) {
    const derive = derivations[loader];
    check(
      derive !== undefined,
      'loadOrigin',
      `expected one of ${Object.keys(derivations).join(', ')}, got '${loader}'`,
    );
    return derive(await loadOrigin(of), options);
  }
  const record = datasets.find(entry => entry.loader === loader);
  const known = datasets.map(entry => entry.loader).join(', ');
  check(
    record !== undefined,
    'loadOrigin',
    `expected a loader of lib/datasets/catalogue.ts (${known}), got '${loader}'`,
  );
  return record.load(options, {log() {}});
}

/**
 * SHA-256 of all that a training sees of a data set, for images in files by the checksum that they
 * had when the set was loaded: one that was changed after it was loaded is no longer what its
 * origin gives.
 */
export function fingerprint({
  name,
  images,
  shape,
  labels,
  classes,
  splits,
  mean,
  standardDeviation,
  checksum,
}: Dataset): string {
  const hash = createHash('sha256').update(
    JSON.stringify({
      name,
      shape,
      classes,
      mean,
      standardDeviation,
      checksum,
      splits: Object.entries(splits).map(([split, {length}]: [string, Int32Array]) => [split, length]),
    }),
  );
  for (const array of [
    ...(typeof images === 'function' ? [] : [images]),
    labels,
    ...(Object.values(splits) as Int32Array[]),
  ])
    hash.update(array);
  return hash.digest('hex');
}
