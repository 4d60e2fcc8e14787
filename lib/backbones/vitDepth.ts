// How deep in a Vision Transformer a parameter lies, for a learning rate that falls from the head
// to the patches. Bao et al. 2022, "BEiT", arXiv:2106.08254, fine-tuning; He et al. 2022 (MAE),
// arXiv:2111.06377, util/lr_decay.py.

import {check} from '../check';

/**
 * With a decay d the learning rate of a parameter is scaled by d^(depth + 1 − vitDepth).
 *
 * @param name Of the transformer's own tree, or after `backbone.` in a method's.
 * @param depth Number of blocks.
 * @returns 0 for the patch embedding, the positions, the class token, registers and mask token, and
 * the norm before the blocks; i + 1 in block i; depth + 1 behind the blocks: the last norm and the
 * head.
 * @throws RangeError when the name is of a block beyond the depth.
 */
export function vitDepth(name: string, depth: number): number {
  const own = name.replace(/^backbone\./, '');
  const block = /^blocks\.(\d+)\./.exec(own)?.[1];
  check(
    block === undefined || Number(block) < depth,
    'vitDepth',
    `expected a parameter of ${depth} blocks, counted from 0, got ${name}`,
  );
  if (block !== undefined) return Number(block) + 1;
  return /^(patch_embed\.|norm_pre\.|(cls_token|reg_token|mask_token|pos_embed)$)/.test(own) ? 0 : depth + 1;
}
