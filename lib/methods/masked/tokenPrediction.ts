// What SimMIM and MaskFeat share: mask tokens stand in the encoder for the patches that are hidden,
// and one linear layer says of each patch what is there. Xie et al. 2022, "SimMIM: A Simple
// Framework for Masked Image Modeling", arXiv:2111.09886, sec. 3.3; Wei et al. 2022 (MaskFeat),
// arXiv:2112.09133, sec. 3.1.

import type {Vit} from '../../backbones/vit';
import {check} from '../../check';
import {fold, normal} from '../../engine/random';
import {tf} from '../../engine/tf';
import type {Initial} from '../../layers/initial';
import {linear} from '../../layers/linear';
import {tokenDistance, type TokenDistanceOptions} from '../../losses/tokenDistance';
import type {Masks} from '../../masks/masks';
import {inside, type Method, type Mode, type Params} from '../../module';
import type {MaskedView} from '../../views/sources/maskedView';
import {checkMasks} from './checkMasks';
import type {PatchTarget} from './patchTarget';
import {reconstructionOf, type Reconstructs} from './reconstruction';

/** Options of {@link tokenPrediction}. */
export interface TokenPredictionOptions {
  backbone: Vit;
  target: PatchTarget;
  distance: TokenDistanceOptions['distance'];
  /** How the linear layer starts. */
  initial: Initial;
}

/** `mask_token` [1, 1, width]; `decoder` is the linear layer. */
export type TokenPredictionParams = {backbone: Params; mask_token: tf.Tensor; decoder: Params};
/**
 * Of all patches [n, l, d]: what is said, and the target; the embedding of what the encoder saw [n,
 * width].
 */
export type TokenPredictionOutputs = {prediction: tf.Tensor3D; target: tf.Tensor3D; embedding: tf.Tensor2D};
export type TokenPrediction = Method<MaskedView, TokenPredictionParams, {}, TokenPredictionOutputs> &
  Reconstructs<TokenPredictionParams>;

/**
 * The loss is a mean over the values of the masked patches. The mask token starts normal of
 * deviation 0.02.
 */
export function tokenPrediction(
  caller: string,
  {backbone: f, target, distance, initial}: TokenPredictionOptions,
): TokenPrediction {
  const head = linear<tf.Tensor3D>(f.width, target.width(f.patch, f.channels), {initial});
  const predict = (
    {backbone, mask_token: maskToken, decoder}: TokenPredictionParams,
    view: tf.Tensor4D,
    masks: Masks,
    mode: Mode,
  ) => {
    checkMasks(caller, view, f.grid(view), masks);
    const {patches, embedding} = f.tokens(backbone, view, inside(mode, 'backbone'), {masked: masks.masked, maskToken});
    return {prediction: head.apply(decoder, patches, {}), embedding}; // [n, l, d]
  };
  return {
    init: key =>
      tf.tidy(() => ({
        backbone: f.init(fold(key, 'backbone')),
        mask_token: normal(fold(key, 'mask_token'), [1, 1, f.width]).mul(0.02),
        decoder: head.init(fold(key, 'decoder')),
      })),
    loss(params, {view, masks}, _state, {key}) {
      const {prediction, embedding} = predict(params, view, masks, {key});
      const own = target.of(view, f.patch);
      return {
        loss: tokenDistance(prediction, own, {distance, counted: masks.masked}),
        outputs: {prediction, target: own, embedding},
      };
    },
    reconstruct: (params, view, masks) =>
      tf.tidy(() => {
        check(
          target.paint !== undefined,
          caller,
          'expected a target of pixels to reconstruct, got one that pixels do not follow from',
        );
        return reconstructionOf(
          view,
          target.paint(predict(params, view, masks, {}).prediction, view, f.patch),
          masks,
          f.grid(view),
          f.patch,
        );
      }),
    embed: ({backbone}, _state, images, mode) => ({embedding: f.apply(backbone, images, inside(mode, 'backbone'))}),
  };
}
