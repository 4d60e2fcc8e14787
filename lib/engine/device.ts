// Loads TensorFlow's native library through the addon of tfjs-node-gpu, once per process, and says
// on which device it runs.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import util from 'node:util';
import type {NodeJSKernelBackend} from '@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend';
import type {TFJSBinding} from '@tensorflow/tfjs-node-gpu/dist/tfjs_binding';
import type {Tensor} from '@tensorflow/tfjs-core';
import type * as TfjsNode from '@tensorflow/tfjs-node-gpu';
import {engineSettings, type EngineSettings} from './settings';

/** The backend, with the members of it that tfjs-node's own types keep private. */
export type Native = Omit<NodeJSKernelBackend, 'binding' | 'tensorMap'> & {
  binding: TFJSBinding & {TF_UINT8: number; TF_Version: string};
  createOutputTensor(metadata: {id: number; shape: number[]; dtype: number}): Tensor;
  /** Handles of tensors; one that is not on the device yet is written there. */
  getInputTensorIds(tensors: Tensor[]): number[];
  tensorMap: {get(dataId: object): {dtype: number}};
};

/** Where the compiled addon must lie, whether it is there or not. */
export const addonPath = path.join(
  path.dirname(require.resolve('@tensorflow/tfjs-node-gpu/package.json')),
  'lib',
  'napi-v8',
  'tfjs_binding.node',
);

function load(): Native {
  if (!fs.existsSync(addonPath)) {
    throw new Error(
      "TensorFlow's addon is not built yet: run `npm start` (or `npm test`) once in the project's folder, " +
        'it builds the addon',
    );
  }
  // TensorFlow's start-up banner; the user's own setting wins
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  // Intel's kernels, which TensorFlow itself takes only where a processor has AVX-512: without them a
  // step of SimCLR with `pooledConv` takes 1.6 times as long on an EPYC, of a ViT 1.1 times
  process.env.TF_ENABLE_ONEDNN_OPTS ??= '1';
  // opens the library, silently
  if (Number(process.env.TF_CPP_MIN_LOG_LEVEL) > 0) require(path.join(path.dirname(addonPath), 'quiet.node'));
  if (settings.xla) process.env.TF_XLA_FLAGS ??= '--tf_xla_auto_jit=2 --tf_xla_cpu_global_jit';
  const legacy = util as {isNullOrUndefined?: unknown; isArray?: unknown};
  // Node 23 dropped both, the addon's JavaScript calls them
  legacy.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
  legacy.isArray ??= Array.isArray;
  const tfjs = require('@tensorflow/tfjs-node-gpu') as typeof TfjsNode;
  return tfjs.backend() as Native;
}

/** How graphs run in this process. */
export const settings: EngineSettings = engineSettings();

/** TensorFlow's backend. Only the rooms of `engine/` use it. */
export const native: Native = load();

/** What training runs on. */
export interface Device {
  kind: 'CPU' | 'GPU';
  /** Processor model as the system names it; a GPU is named by its driver, see `npm run doctor`. */
  name: string;
  /** Logical processors that TensorFlow may use. */
  threads: number;
  /** Version of TensorFlow's library. */
  tensorflow: string;
}

/**
 * The device of this process. `String(…)`-like text for notebooks comes from {@link deviceLine}.
 */
export function device(): Device {
  const threads = Number(process.env.TF_NUM_INTRAOP_THREADS) || os.availableParallelism();
  return {
    kind: native.isUsingGpuDevice ? 'GPU' : 'CPU',
    name: os.cpus()[0]?.model.trim() ?? 'unknown processor',
    threads,
    tensorflow: native.binding.TF_Version,
  };
}

/**
 * One line that names the device, for example "CPU, 2 threads (AMD EPYC), TensorFlow 2.21.0, Node
 * 20.20.2".
 */
export function deviceLine(): string {
  const {kind, name, threads, tensorflow} = device();
  const switches = `${settings.xla ? ' with XLA' : ''}${settings.bfloat16 ? ', products in bfloat16' : ''}`;
  return (
    `${kind}, ${kind === 'GPU' ? 'fed by ' : ''}${threads} thread${threads === 1 ? '' : 's'} (${name}), ` +
    `TensorFlow ${tensorflow}${switches}, Node ${process.versions.node}`
  );
}
