// How graphs run on this machine: what `npm run doctor` found to be fastest, unless the environment
// says otherwise.

import fs from 'node:fs';
import path from 'node:path';
import {projectRoot} from '../root';

export interface EngineSettings {
  /**
   * Whether TensorFlow compiles clusters of operations to machine code (XLA). On processors it was
   * slower: see `npm run doctor`.
   * @default false
   */
  xla: boolean;
  /**
   * Whether products are computed in bfloat16: other numbers, so it is never chosen by itself.
   * @default false
   */
  bfloat16: boolean;
}

/** Where `npm run doctor` writes what it measured. */
export const settingsFile = () => path.join(projectRoot(), '.setup', 'engine.json');

/** SSL_XLA and SSL_BFLOAT16 in the environment, 1 or 0, win over the file. */
export function engineSettings(): EngineSettings {
  const measured = fs.existsSync(settingsFile())
    ? (JSON.parse(fs.readFileSync(settingsFile(), 'utf8')) as Partial<EngineSettings>)
    : {};
  return {xla: chosen('SSL_XLA', measured.xla), bfloat16: chosen('SSL_BFLOAT16', undefined)};
}

function chosen(name: string, measured = false): boolean {
  const value = process.env[name];
  if (value === undefined || value === '') return measured;
  if (value !== '0' && value !== '1') throw new Error(`${name}: expected 0 or 1, got ${value}`);
  return value === '1';
}
