// Asserts that a compiled step gave the loss and, at the first step, the gradients of the eager
// one; frees both.

import assert from 'node:assert/strict';
import {tf} from '../../lib/engine/tf';
import type {Params} from '../../lib/module';
import {leaves} from '../../lib/engine/params';
import {close} from '../close';

type Outputs = {loss: tf.Scalar; gradients: Params};

export function sameStep(step: number, compiled: Outputs, eager: Outputs): void {
  close(compiled.loss.dataSync(), eager.loss.dataSync(), step === 1 ? 1e-5 : 1e-4);
  const of = ({gradients}: Outputs) => leaves(gradients).flatMap(([, tensor]) => [...tensor.dataSync()]);
  const [a, b] = [of(compiled), of(eager)];
  const norm = Math.sqrt(b.reduce((sum, value) => sum + value ** 2, 0));
  const off = Math.sqrt(b.reduce((sum, value, i) => sum + (value - a[i]!) ** 2, 0));
  if (step === 1) assert.ok(off < 1e-5 * norm, `gradients off by ${off / norm} of their norm`);
  tf.dispose([compiled, eager]);
}
