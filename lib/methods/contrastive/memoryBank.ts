// A memory of what the encoder last made of every image: negatives without a second forward pass.
// Wu et al. 2018, "Unsupervised Feature Learning via Non-Parametric Instance Discrimination",
// arXiv:1805.01978, sec. 3.1.

import {check} from '../../check';
import {operation, type} from '../../engine/operation';
import {normal} from '../../engine/random';
import {stopGradient} from '../../engine/stopGradient';
import {tf} from '../../engine/tf';
import type {Similarities} from '../../losses/similarities';
import {unit} from '../../layers/unit';
import {withoutColumn} from '../../losses/withoutColumn';
import type {Key} from '../../module';

/** Options of {@link memoryBank}. */
export interface MemoryBankOptions {
  /** Images that the source has: rows of the bank. */
  size: number;
  /** Share of an entry that stays when its image comes up again, 0 to below 1. */
  momentum: number;
}

/** What a method does with a bank [size, d] of unit rows, which is part of its state. */
export interface MemoryBank {
  init(key: Key, width: number): tf.Tensor2D;
  /**
   * Cosines of unit rows [n, d] with the entries: each with that of its own image, `index` [n]
   * int32, and with all others [n, size − 1]. Gradients flow into `rows` alone.
   */
  similarities(bank: tf.Tensor2D, rows: tf.Tensor2D, index: tf.Tensor1D): Similarities;
  /**
   * The bank with the entries at `index` moved toward `rows`, and made unit rows again; a new
   * tensor. Where an image comes twice, one of its rows counts.
   */
  moved(bank: tf.Tensor2D, rows: tf.Tensor2D, index: tf.Tensor1D): tf.Tensor2D;
}

/**
 * A bank of one row for each image, moved toward its new embedding.
 *
 * @param caller Stands first in the message when an option is refused.
 */
export function memoryBank(caller: string, {size, momentum}: MemoryBankOptions): MemoryBank {
  check(Number.isInteger(size) && size >= 2, caller, `expected the number of images, at least 2, got ${size}`);
  check(momentum >= 0 && momentum < 1, caller, `expected momentum from 0 to below 1, got ${momentum}`);
  return {
    init: (key, width) => tf.tidy(() => unit(normal(key, [size, width]))),
    similarities: (bank, rows, index) =>
      tf.tidy(() => ({
        positive: rows.mul(bank.gather(index)).sum(1) as tf.Tensor1D,
        negatives: withoutColumn(tf.matMul(rows, bank, false, true), index),
      })),
    moved: (bank, rows, index) =>
      tf.tidy(() => {
        const entries = unit(
          bank
            .gather<tf.Tensor2D>(index)
            .mul(momentum)
            .add(stopGradient(rows).mul(1 - momentum)),
        );
        return operation('TensorScatterUpdate', {T: type('float32'), Tindices: type('int32')}, [
          bank,
          index.expandDims(1),
          entries,
        ]) as tf.Tensor2D;
      }),
  };
}
