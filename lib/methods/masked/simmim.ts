// SimMIM: mask tokens stand in the encoder for hidden patches, and one linear layer says their
// pixels. Xie et al. 2022, "SimMIM: A Simple Framework for Masked Image Modeling",
// arXiv:2111.09886; microsoft/SimMIM, models/simmim.py and optimizer.py. Differs from their code:
// the number of masked pixels, which the loss is divided by, is not raised by 1e-5; positions are
// the backbone's own, where their ViT has learned ones for each distance of two tokens.

import type {Vit} from '../../backbones/vit';
import {uniformFanIn} from '../../layers/initial';
import {pixelTarget, type PatchTarget} from './patchTarget';
import {tokenPrediction, type TokenPrediction} from './tokenPrediction';

/** Options of {@link simmim}. */
export interface SimmimOptions {
  backbone: Vit;
  /** What is said of a hidden patch. @default pixelTarget, the paper's */
  target?: PatchTarget;
}

/**
 * The loss is the mean absolute difference over the pixels of the masked patches, in the units of
 * normalized images. The paper's masks are those of cellMask, its views crops of [0.67, 1] by
 * bilinear interpolation, and flips. Biases and parameters of norms, mask token, class token and
 * positions do not decay.
 */
export function simmim({backbone, target = pixelTarget}: SimmimOptions): TokenPrediction {
  return {
    ...tokenPrediction('simmim', {backbone, target, distance: 'absolute', initial: uniformFanIn}),
    rule: (name, _step, {rank}) => ({decay: rank > 1 && !/(^|\.)(mask_token|cls_token|pos_embed)$/.test(name) ? 1 : 0}),
  };
}
