// Calls any kernel of TensorFlow by name, also those that tfjs does not wrap.

import {native} from './device';
import type * as tf from '@tensorflow/tfjs-core';

/**
 * Element types of TensorFlow that kernels take as attributes. tfjs shows a uint8 tensor as int32:
 * it can be handed on, not read.
 */
export type ElementType = 'float32' | 'int32' | 'bool' | 'uint8';

type Attribute = {type: number; value: unknown};

function elementType(name: ElementType): number {
  const {TF_FLOAT, TF_INT32, TF_BOOL, TF_UINT8} = native.binding;
  return {float32: TF_FLOAT, int32: TF_INT32, bool: TF_BOOL, uint8: TF_UINT8}[name];
}

/**
 * Attributes of a kernel, each made by the function of its kind: `{T: type('float32'), batch_dims:
 * int(0)}`.
 */
export type Attributes = Record<string, Attribute>;
export const type = (name: ElementType): Attribute => ({type: native.binding.TF_ATTR_TYPE, value: elementType(name)});
export const int = (value: number | number[]): Attribute => ({type: native.binding.TF_ATTR_INT, value});
export const float = (value: number): Attribute => ({type: native.binding.TF_ATTR_FLOAT, value});
export const bool = (value: boolean): Attribute => ({type: native.binding.TF_ATTR_BOOL, value});
export const text = (value: string): Attribute => ({type: native.binding.TF_ATTR_STRING, value});

const list = (attributes: Attributes) =>
  Object.entries(attributes).map(([name, attribute]) => ({name, ...attribute})) as Parameters<
    typeof native.executeSingleOutput
  >[1];

/**
 * Runs one kernel that has one output. Nothing is put on the gradient tape: gradients do not flow
 * through.
 *
 * @param name TensorFlow's name of the operation, for example 'StatelessRandomUniform'.
 */
export function operation(name: string, attributes: Attributes, inputs: tf.Tensor[]): tf.Tensor {
  return native.executeSingleOutput(name, list(attributes), inputs);
}

/** {@link operation} for a kernel with several outputs. */
export function operations(name: string, attributes: Attributes, inputs: tf.Tensor[], outputs: number): tf.Tensor[] {
  return native.executeMultipleOutputs(name, list(attributes), inputs, outputs);
}
