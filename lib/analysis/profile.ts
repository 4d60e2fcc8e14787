// Where the time of a training step goes: by part of the step, by file of ours, and by TensorFlow's
// operation.

import {deviceLine} from '../engine/device';
import type {Inputs} from '../engine/step';
import {graphOf, type Origin} from '../engine/graphOf';
import {key} from '../engine/random';
import {tf} from '../engine/tf';
import {trace, type TraceOptions} from '../engine/trace';
import type {Params} from '../module';
import {disposeState, initialState, stepOf, type Task} from '../training/training';

/** Operations of one kind that one line of ours, or its gradient, asks for. */
export type ProfileRow = {
  /**
   * Of the step: 'views', 'backbone', 'heads', 'loss', 'gradient of backbone', 'optimizer',
   * 'health' …; 'variables' where state is read and written, 'TensorFlow' for nodes that it added
   * (with XLA: what was merged), 'waiting' where nothing ran.
   */
  part: string;
  /**
   * File that asks for them, without its ending: convolution, ntXent; or what else they are for.
   */
  function: string;
  /** The line, as "convolve (lib/layers/convolution.ts:47:36)"; empty where there is none. */
  line: string;
  /** TensorFlow's name. */
  operation: string;
  /** Nodes of the graph. */
  count: number;
  /** Of a traced step. */
  milliseconds: number;
};

/** Where the time of a training step goes. */
export interface Profile {
  /** Together a traced step. */
  rows: ProfileRow[];
  /** Milliseconds of each step, called from outside. */
  untraced: number[];
  traced: number[];
  threads: number;
  device: string;
}

/**
 * Traces the first step of a task; computes it a few dozen times.
 *
 * @throws As `trace`.
 */
export async function profile<Batch, P extends Params, S extends Params, O extends Params, I extends Inputs>(
  task: Task<Batch, P, S, O, I>,
  options: TraceOptions = {},
): Promise<Profile> {
  const {source, batch, seed} = task;
  const {step, ...state} = initialState(task);
  const indices = Int32Array.from({length: batch}, (_, i) => i);
  const inputs = {
    ...(await source.host?.draw(indices, seed)),
    index: tf.scalar(step, 'int32'),
    progress: tf.scalar(0),
    indices: tf.tensor1d(indices, 'int32'),
    seed: key(seed),
  };
  try {
    const {nodes, idle, seconds, threads} = await trace(
      graphOf(stepOf(task), state, inputs as Inputs, source.holds),
      options,
    );
    const rows = new Map<string, ProfileRow>();
    for (const {origin, operation, microseconds} of nodes) {
      const place = placeOf(origin, operation);
      const name = JSON.stringify([place, operation]);
      const row = rows.get(name) ?? {...place, operation: shown(operation), count: 0, milliseconds: 0};
      rows.set(name, {...row, count: row.count + 1, milliseconds: row.milliseconds + microseconds / 1000});
    }
    const waiting: ProfileRow = {
      part: 'waiting',
      function: 'waiting',
      line: '',
      operation: 'waiting',
      count: 0,
      milliseconds: idle / 1000,
    };
    const milliseconds = (values: number[]) => values.map(value => 1000 * value);
    return {
      rows: [...rows.values(), waiting],
      untraced: milliseconds(seconds.untraced),
      traced: milliseconds(seconds.traced),
      threads,
      device: deviceLine(),
    };
  } finally {
    disposeState({...state, step});
    tf.dispose(inputs);
  }
}

/** What a room of the library is for within a step. */
const parts: Record<string, string> = {
  datasets: 'views',
  views: 'views',
  backbones: 'backbone',
  layers: 'heads',
  losses: 'loss',
  analysis: 'health',
  methods: 'method',
};

type Place = Pick<ProfileRow, 'part' | 'function' | 'line'>;

function placeOf(origin: Origin | undefined, operation: string): Place {
  if (!origin)
    return /Variable|VarHandle/.test(operation)
      ? {part: 'variables', function: 'read and write', line: ''}
      : {part: 'TensorFlow', function: 'its own nodes', line: ''};
  const calls = origin.gradientOf ?? origin.calls;
  const files = calls.flatMap(
    call =>
      call
        .match(/\blib[\\/](\w+)[\\/](?:.*[\\/])?(\w+)\.[jt]s:/)
        ?.slice(1, 3)
        .join('/') ?? [],
  );
  const part = partOf(files.reverse());
  return {
    part: origin.gradientOf ? `gradient of ${part}` : part,
    function: files.at(-1)?.split('/')[1] ?? 'step',
    line: calls[0] ?? '',
  };
}

/** @param files As "room/file", the outermost call first. */
function partOf(files: string[]): string {
  const inner =
    files.find(file => !/^(analysis\/profile|training\/training|methods\/.*|(study|studies|trials)\/.*)$/.test(file)) ??
    files.find(file => file.startsWith('methods/'));
  if (!inner) return 'step';
  const [room, file] = inner.split('/') as [string, string];
  return parts[room] ?? file; // of training/: optimizer, schedules …
}

/** oneDNN's kernels stand for TensorFlow's own. */
const shown = (operation: string) => operation.replace(/^_(Mkl(Native)?)?(?=[A-Z])/, '').replace(/^_/, '');

/** Sums of rows that share a value, the largest first. */
export function totals(
  rows: readonly ProfileRow[],
  of: (row: ProfileRow) => string,
): {name: string; count: number; milliseconds: number}[] {
  const sums = new Map<string, {name: string; count: number; milliseconds: number}>();
  for (const row of rows) {
    const name = of(row);
    const sum = sums.get(name) ?? {name, count: 0, milliseconds: 0};
    sums.set(name, {name, count: sum.count + row.count, milliseconds: sum.milliseconds + row.milliseconds});
  }
  return [...sums.values()].sort((a, b) => b.milliseconds - a.milliseconds);
}
