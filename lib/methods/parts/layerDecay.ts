// Layers near the images learn slower than those near the classes: what was pre-trained there holds
// for any task. Clark et al. 2020, "ELECTRA", arXiv:2003.10555; Bao et al. 2022, "BEiT",
// arXiv:2106.08254; facebookresearch/mae, util/lr_decay.py.

import {check} from '../../check';

/** Options of {@link layerDecay}. */
export interface LayerDecayOptions {
  /**
   * Factor on the learning rate from each layer to the one before it, above 0 to 1: MAE's 0.65 for
   * ViT-B, 0.75 for ViT-L.
   */
  decay: number;
  /**
   * Number of the last layer, which learns at the full rate: a transformer's depth + 1, where 0 is
   * all before the blocks.
   */
  layers: number;
  /** Layer of a parameter by its name within the backbone, 0 to `layers`. */
  layerOf(name: string): number;
}

/**
 * decay^(layers − layer), from a parameter's name within the backbone.
 *
 * @throws RangeError when decay is not above 0 and at most 1, or there is no layer; when asked for
 * a name that `layerOf` puts outside 0 to `layers`.
 */
export function layerDecay({decay, layers, layerOf}: LayerDecayOptions): (name: string) => number {
  check(decay > 0 && decay <= 1, 'layerDecay', `expected a decay above 0 and at most 1, got ${decay}`);
  check(
    Number.isInteger(layers) && layers >= 1,
    'layerDecay',
    `expected the number of the last layer, from 1, got ${layers}`,
  );
  return name => {
    const layer = layerOf(name);
    check(
      Number.isInteger(layer) && layer >= 0 && layer <= layers,
      'layerDecay',
      `expected a layer from 0 to ${layers} for ${name}, got ${layer}`,
    );
    return decay ** (layers - layer);
  };
}
