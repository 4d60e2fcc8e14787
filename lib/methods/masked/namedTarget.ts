// What of a hidden patch is to be said, by name: for command lines and for the options that a run
// keeps.

import type {Vit} from '../../backbones/vit';
import {check} from '../../check';
import {hogTarget} from './hogTarget';
import {normalizedPixelTarget, type PatchTarget, pixelTarget} from './patchTarget';
import {tokenizer, type Tokenizer} from './tokenizer';

export const targetNames = ['pixels', 'normalizedPixels', 'hog', 'tokens'] as const;
/** A target by its name, as plain data. */
export type TargetName = (typeof targetNames)[number];

/** Tokens are those of a tokenizer's defaults for the backbone's patches. */
export function namedTarget(
  name: TargetName,
  {patch, channels}: Pick<Vit, 'patch' | 'channels'>,
): PatchTarget | Tokenizer {
  switch (name) {
    case 'pixels':
      return pixelTarget;
    case 'normalizedPixels':
      return normalizedPixelTarget;
    case 'hog':
      return hogTarget();
    case 'tokens':
      return tokenizer({patch, channels});
    default:
      name satisfies never;
      check(false, 'namedTarget', `expected ${targetNames.join(', ')}, got '${name as string}'`);
  }
}
