// Where the time of a step goes, node by node. The addon cannot trace a session: Python's
// TensorFlow, which is the very same library, runs the step's graph and does.

import {spawn} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {whole} from '../check';
import {projectRoot} from '../root';
import {device, native} from './device';
import type {Origin, StepGraph} from './graphOf';
import {bool, operation, type} from './operation';
import type {tf} from './tf';

/** One node of the graph that TensorFlow made of the step: it merges some, and adds some. */
export type TracedNode = {
  name: string;
  /** TensorFlow's name of its operation. */
  operation: string;
  /** Of a run: where several nodes run at once, a moment is divided evenly among them. */
  microseconds: number;
  /**
   * Of the node of the recording that it was made of; undefined for reads and writes of variables,
   * and what TensorFlow added.
   */
  origin?: Origin;
};

export interface Trace {
  /** With what is left of `idle` they add up to a traced run. */
  nodes: TracedNode[];
  /** Microseconds of a run in which no node ran. */
  idle: number;
  /** Seconds of each run, called from outside. Traced and untraced runs took turns. */
  seconds: {untraced: number[]; traced: number[]};
  /** The scalars among the outputs of the first run, ordered by name. */
  first: number[];
  /** Version of TensorFlow. */
  tensorflow: string;
  /** Threads that it could use within an operation. */
  threads: number;
}

/** Options of `trace`. */
export interface TraceOptions {
  /** Traced runs, and as many untraced ones. @default 20 */
  runs?: number;
  /** Pairs of runs before the first that counts. @default 5 */
  warmup?: number;
  signal?: AbortSignal;
}

/**
 * Runs a step's graph in a process of Python's, with as many threads as this process uses. State
 * goes on from run to run, inputs stay.
 *
 * @throws Error when the project's Python environment is missing or its process fails; the signal's
 * reason.
 */
export async function trace(graph: StepGraph, {runs = 20, warmup = 5, signal}: TraceOptions = {}): Promise<Trace> {
  whole('trace', 'runs', runs);
  const python = path.join(projectRoot(), '.venv', 'bin', 'python');
  if (!fs.existsSync(python))
    throw new Error(`trace: expected the project's Python environment at ${python}, got none: run \`npm start\` once`);
  const {threads} = device();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ssl-workbench-trace-'));
  try {
    write(folder, graph);
    const output = await outputOf(
      python,
      [path.join(projectRoot(), 'setup', 'tracer.py'), folder, '--runs', String(runs), '--warmup', String(warmup)],
      threads,
      signal,
    );
    const {nodes, ...rest} = JSON.parse(output) as Omit<Trace, 'threads'>;
    return {...rest, threads, nodes: nodes.map(node => ({...node, origin: graph.origins[recorded(node.name)]}))};
  } finally {
    fs.rmSync(folder, {recursive: true});
  }
}

/** Of "ArithmeticOptimizer/ReorderCast_node_12" the name that the recording gave: node_12. */
const recorded = (name: string) => name.match(/node_\d+/)?.[0] ?? name;

function write(folder: string, {model, variables, inputs, written, results}: StepGraph): void {
  const file = fs.openSync(path.join(folder, 'values.bin'), 'w');
  let offset = 0;
  const list = (feeds: [string, tf.Tensor][]) =>
    feeds.map(([name, tensor]) => {
      const {dtype, values} = valuesOf(tensor);
      const entry = {name, dtype, shape: tensor.shape, offset};
      for (let at = 0; at < values.byteLength;) at += fs.writeSync(file, values, at);
      offset += values.byteLength;
      return entry;
    });
  try {
    fs.writeFileSync(
      path.join(folder, 'feeds.json'),
      JSON.stringify({variables: list(variables), inputs: list(inputs), written, results}),
    );
    fs.writeFileSync(path.join(folder, 'saved_model.pb'), model);
  } finally {
    fs.closeSync(file);
  }
}

/** Bytes of a tensor, and numpy's name of their type. */
function valuesOf(tensor: tf.Tensor): {dtype: string; values: Uint8Array} {
  const isBytes = native.tensorMap.get(tensor.dataId).dtype === native.binding.TF_UINT8;
  if (isBytes) {
    // bytes cannot be read as they are
    const numbers = operation('Cast', {SrcT: type('uint8'), DstT: type('int32'), Truncate: bool(false)}, [tensor]);
    const values = Uint8Array.from(numbers.dataSync());
    numbers.dispose();
    return {dtype: 'uint8', values};
  }
  const {buffer, byteOffset, byteLength} = tensor.dataSync();
  return {dtype: tensor.dtype, values: new Uint8Array(buffer, byteOffset, byteLength)};
}

/** What the program prints; its errors become one line. */
function outputOf(program: string, args: string[], threads: number, signal?: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const env = {...process.env, TF_NUM_INTRAOP_THREADS: String(threads), PYTHONDONTWRITEBYTECODE: '1'};
    const child = spawn(program, args, {stdio: ['ignore', 'pipe', 'pipe'], env, signal});
    const text = {stdout: '', stderr: ''};
    for (const name of ['stdout', 'stderr'] as const)
      child[name].setEncoding('utf8').on('data', data => {
        text[name] += data;
      });
    child.once('error', error => reject(signal?.aborted ? signal.reason : error));
    child.once('close', code =>
      code === 0
        ? resolve(text.stdout)
        : reject(
            new Error(
              `trace: expected Python to run the graph, it ended with code ${code}: ` +
                `${text.stderr.trim().split('\n').at(-1)}`,
            ),
          ),
    );
  });
}
