// Graphs that TensorFlow has loaded. Preparing one takes it as long as many steps (0.5 to 1 s of a
// core for SimCLR's, far longer with XLA), so a graph that is given back stays loaded for a while:
// the next training of the same graph, with another seed or from a checkpoint, begins at once.

import {createHash} from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {native} from './device';

/** A graph that is in use. */
export interface Loaded {
  /** TensorFlow's number of it. */
  id: number;
  /** Gives it back, its variables emptied. */
  release(): void;
  /** Frees it for good. */
  unload(): void;
}

/** Graphs that stay loaded though nobody uses them; the one given back first goes first. */
const MOST_IDLE = 8;

const idle: {digest: string; id: number}[] = [];

/**
 * Loads a graph, or takes one of the same bytes that was given back.
 * @param model Bytes of `saved_model.pb`.
 */
export function load(model: Uint8Array): Loaded {
  const digest = createHash('sha256').update(model).digest('hex');
  const found = idle.findIndex(one => one.digest === digest);
  const id = found < 0 ? read(model) : idle.splice(found, 1)[0]!.id;
  return {
    id,
    release() {
      idle.push({digest, id});
      if (idle.length > MOST_IDLE) native.binding.deleteSavedModel(idle.shift()!.id);
    },
    unload: () => native.binding.deleteSavedModel(id),
  };
}

function read(model: Uint8Array): number {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ssl-workbench-graph-'));
  try {
    fs.writeFileSync(path.join(folder, 'saved_model.pb'), model);
    return native.binding.loadSavedModel(folder, 'serve');
  } finally {
    fs.rmSync(folder, {recursive: true});
  }
}
