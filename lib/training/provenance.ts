// With what a run was made: version, commit, device, time. Stands beside every number that is kept.

import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {deviceLine} from '../engine/device';
import {projectRoot} from '../root';
import type {Provenance} from './run';

/** The project's version, of its package.json: the only place that states it. */
export const version: string = (
  JSON.parse(fs.readFileSync(path.join(projectRoot(), 'package.json'), 'utf8')) as {version: string}
).version;

/** What this process would write into a run's config.json. */
export function provenance(): Provenance {
  return {
    version,
    commit: commit(),
    device: deviceLine(),
    machine: `${os.type()} ${os.arch()}, ${os.cpus().length} processors, ${Math.round(os.totalmem() / 2 ** 30)} GiB`,
    started: new Date().toISOString(),
  };
}

/** Commit of the checkout, with a + where files differ from it; null outside a checkout. */
function commit(): string | null {
  const git = (...args: string[]) =>
    execFileSync('git', args, {cwd: __dirname, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore']}).trim();
  try {
    return git('rev-parse', '--short=12', 'HEAD') + (git('status', '--porcelain', '--untracked-files=no') ? '+' : '');
  } catch {
    return null; // no git, or no checkout: a released copy
  }
}
