// What of a hidden patch is to be said, by name: for command lines and for the options that a run keeps.

import {check} from '../../check';
import {hogTarget} from './hogTarget';
import {normalisedPixelTarget, type PatchTarget, pixelTarget} from './patchTarget';

export const targetNames = ['pixels', 'normalisedPixels', 'hog'] as const;
export type TargetName = typeof targetNames[number];

export function namedTarget(name: TargetName): PatchTarget {
  switch (name) {
    case 'pixels': return pixelTarget;
    case 'normalisedPixels': return normalisedPixelTarget;
    case 'hog': return hogTarget();
    default:
      name satisfies never;
      check(false, 'namedTarget', `expected ${targetNames.join(', ')}, got '${name as string}'`);
  }
}
