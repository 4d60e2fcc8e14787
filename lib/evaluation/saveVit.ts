// Writes a Vision Transformer for use in Python, by timm's names.

import {check} from '../check';
import type {Vit} from '../backbones/vit';
import {tf} from '../engine/tf';
import {sinCosPositions} from '../layers/positions';
import type {Params} from '../module';
import {exportBackbone} from './exportBackbone';

/** Options of {@link saveVit}. */
export interface SaveVitOptions {
  backbone: Vit;
  params: Params;
  /**
   * Height and width of the images in pixels, where positions are fixed: timm keeps them as a
   * parameter.
   */
  image?: number;
  /** Lines for the head of the file: method, data set, accuracy. */
  metadata?: Record<string, string>;
}

/**
 * Writes a safetensors file that timm loads strictly:
 * `VisionTransformer(img_size=…, patch_size=…, embed_dim=…, depth=…, num_heads=…, num_classes=0,
 * class_token=…, global_pool='token' or 'avg', reg_tokens=…, no_embed_class=<with registers>,
 * init_values=<with LayerScale any number>)`. With `preNorm` also `pre_norm=True,
 * norm_layer=partial(torch.nn.LayerNorm, eps=1e-5)`.
 *
 * @throws RangeError when positions are fixed and `image` is no multiple of the patch; Error when
 * the file cannot be written, an earlier one is then unchanged.
 */
export async function saveVit(path: string, {backbone, params, image = 0, metadata}: SaveVitOptions): Promise<void> {
  if (backbone.positions === 'learned') return exportBackbone(path, {params, statistics: {}, metadata});
  const {patch, width, classToken, registers} = backbone;
  check(
    image > 0 && image % patch === 0,
    'saveVit',
    `expected the size of the images, a multiple of the patch of ${patch} px, to write positions for, got ${image}`,
  );
  const places = tf.tidy(() =>
    sinCosPositions(image / patch, image / patch, width)
      .pad([
        [classToken && registers === 0 ? 1 : 0, 0],
        [0, 0],
      ])
      .expandDims(0),
  ); // the class token's position is 0
  try {
    await exportBackbone(path, {params: {...params, pos_embed: places}, statistics: {}, metadata});
  } finally {
    places.dispose();
  }
}
