// Child processes, each the leader of its own group: whatever ends this process ends them whole, once, and in good order.

import {spawn} from 'node:child_process';
import readline from 'node:readline';

/** Children that run now: how each wants to be ended. */
const alive = new Map();

/** From the moment on when everything is to end, nothing new begins. */
let ending = false;

/**
 * Runs a program to its end.
 *
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {(line: string) => void} [onLine] Is told each line of its output, stdout and stderr together. Without it the program writes to this terminal.
 * @property {AbortSignal} [signal] Aborting ends the program.
 * @property {boolean} [passOn] The program gets the very signal that came (SIGINT …) and its own time to stop; otherwise SIGTERM, and SIGKILL after ten seconds.
 * @property {(pid: number) => void} [onSpawn]
 *
 * @param {string} program
 * @param {string[]} args
 * @param {RunOptions} options
 * @returns {Promise<{code: number, signal: string | null, output: string}>} Exit code (128 + number when a signal ended it), the signal's name or null, and its output where it was read.
 */
export function run(program, args, {cwd, env = process.env, onLine, signal, passOn = false, onSpawn} = {}) {
  if (ending) return new Promise(() => {});
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {cwd, env, detached: true, stdio: ['ignore', onLine ? 'pipe' : 'inherit', onLine ? 'pipe' : 'inherit']});
    const lines = [];
    const streams = onLine ? [child.stdout, child.stderr] : [];
    for (const input of streams) {
      readline.createInterface({input}).on('line', line => {
        lines.push(line);
        onLine(line);
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

/** Ends every child that runs, and returns when all of them are gone. For the end of this process: {@link run} begins none after it. */
export async function endChildren(received) {
  ending = true;
  await Promise.all([...alive].map(([child, passOn]) => end(child, passOn ? received : 'SIGTERM', passOn ? Infinity : 10_000)));
}

/** Ends them at once, saved or not. */
export function killChildren() {
  for (const child of alive.keys()) send(child, 'SIGKILL');
}

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

function send(child, name) {
  try {
    process.kill(-child.pid, name);   // the whole group
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;   // gone already
  }
}

/** Exit codes of shells: 130 after Ctrl-C. */
export const signalNumber = name => ({SIGHUP: 1, SIGINT: 2, SIGILL: 4, SIGABRT: 6, SIGKILL: 9, SIGSEGV: 11, SIGTERM: 15})[name] ?? 1;
