// The views of SimCLR on CIFAR-10: half the color jitter, no blur.
// Chen et al. 2020, "A Simple Framework for Contrastive Learning of Visual Representations",
// arXiv:2002.05709, app. B.9. Differs from their code as simclrViews does.

import type {Recipe} from '../recipe';
import {simclrViews, type SimclrViewOptions} from './simclr';

/** {@link simclrViews} with strength 0.5, blur 0 and 32 pixels unless told otherwise. */
export function simclrCifarViews({
  size = 32,
  strength = 0.5,
  blur = 0,
  ...options
}: Omit<SimclrViewOptions, 'size'> & {size?: number}): Recipe {
  return simclrViews({size, strength, blur, ...options});
}
