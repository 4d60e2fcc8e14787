// Child processes, each the leader of its own group: whatever ends this process ends them whole,
// once, and in good order.

import {spawn} from 'node:child_process';
import os from 'node:os';
import readline from 'node:readline';
import {codeOf} from './failure.mjs';

/**
 * Children that run now, and whether each is to get the very signal that came.
 *
 * @type {Map<import('node:child_process').ChildProcess, boolean>}
 */
const alive = new Map();

/** From the moment on when everything is to end, nothing new begins. */
let ending = false;

/**
 * Runs a program to its end.
 *
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {(line: string) => void} [onLine] Is told each line of its output, stdout and stderr
 * together. Without it the program writes to this terminal.
 * @property {AbortSignal} [signal] Aborting ends the program.
 * @property {boolean} [passOn] The program gets the very signal that came (SIGINT …) and its own
 * time to stop; otherwise SIGTERM, and SIGKILL after ten seconds.
 * @property {(pid: number) => void} [onSpawn]
 *
 * @param {string} program
 * @param {string[]} args
 * @param {RunOptions} options
 * @returns {Promise<{code: number, signal: string | null, output: string}>} Exit code (128 + number
 * when a signal ended it), the signal's name or null, and its output where it was read.
 */
export function run(program, args, {cwd, env = process.env, onLine, signal, passOn = false, onSpawn} = {}) {
  if (ending) return new Promise(() => {});
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      env,
      detached: true,
      stdio: ['ignore', onLine ? 'pipe' : 'inherit', onLine ? 'pipe' : 'inherit'],
    });
    /** @type {string[]} */
    const lines = [];
    for (const input of [child.stdout, child.stderr]) {
      if (!input) continue;
      readline.createInterface({input}).on('line', line => {
        lines.push(line);
        onLine?.(line);
      });
    }
    const abort = () => void end(child, 'SIGTERM');
    signal?.addEventListener('abort', abort, {once: true});
    alive.set(child, passOn);
    if (child.pid) onSpawn?.(child.pid);
    const done = () => {
      alive.delete(child);
      signal?.removeEventListener('abort', abort);
    };
    child.once('error', error => {
      done();
      reject(error);
    });
    child.once('close', (code, ended) => {
      done();
      resolve({code: code ?? 128 + signalNumber(ended), signal: ended, output: lines.join('\n')});
    });
  });
}

/**
 * Ends every child that runs, and returns when all of them are gone. For the end of this process:
 * {@link run} begins none after it.
 * @param {NodeJS.Signals} received
 */
export async function endChildren(received) {
  ending = true;
  await Promise.all(
    [...alive].map(([child, passOn]) => end(child, passOn ? received : 'SIGTERM', passOn ? Infinity : 10_000)),
  );
}

/** Ends them at once, saved or not. */
export function killChildren() {
  for (const child of alive.keys()) send(child, 'SIGKILL');
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} received
 * @param {number} [patience] Milliseconds until it is killed.
 * @returns {Promise<void>}
 */
function end(child, received, patience = 10_000) {
  return new Promise(resolve => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    const late = Number.isFinite(patience) ? setTimeout(() => send(child, 'SIGKILL'), patience) : undefined;
    child.once('exit', () => {
      clearTimeout(late);
      resolve();
    });
    send(child, received);
  });
}

/** @param {import('node:child_process').ChildProcess} child @param {NodeJS.Signals} name */
function send(child, name) {
  if (!child.pid) return; // it never began
  try {
    process.kill(-child.pid, name); // the whole group
  } catch (error) {
    if (codeOf(error) !== 'ESRCH') throw error; // gone already
  }
}

/**
 * The number of a signal: a shell's exit code is 128 more, 130 after Ctrl-C.
 * @param {NodeJS.Signals | null} name
 */
export const signalNumber = name => (name ? os.constants.signals[name] : 1);
