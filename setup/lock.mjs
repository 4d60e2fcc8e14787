// One set-up at a time in a folder: a second one waits. The programs that a killed set-up left
// running count as one too.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {codeOf} from './failure.mjs';

/** @type {string | null} */
let held = null;

/**
 * Takes the lock, waiting for whoever has it.
 *
 * @param {string} folder
 * @param {{say?: (text: string) => void, poll?: number}} [options] `poll`: milliseconds between two
 * looks.
 * @returns {Promise<() => void>} A function that gives it back.
 */
export async function lock(folder, {say = () => {}, poll = 500} = {}) {
  const file = path.join(folder, 'lock');
  fs.mkdirSync(folder, {recursive: true});
  let told = false;
  while (!take(file)) {
    const owner = ownerOf(file);
    if (owner === null) {
      fs.rmSync(file, {force: true});
      continue;
    }
    if (!told) say(`another set-up runs here (process ${owner}): waiting for it`);
    told = true;
    await new Promise(resolve => setTimeout(resolve, poll));
  }
  held = file;
  const release = () => {
    fs.rmSync(file, {force: true});
    held = null;
    process.off('exit', release);
  };
  process.on('exit', release);
  return release;
}

/** Whether this process is setting up. */
export const locked = () => held !== null;

/** Writes a program that this set-up started into the lock. @param {number} pid */
export function guest(pid) {
  if (held) fs.appendFileSync(held, `${pid}\n`);
}

/** @param {string} file */
function take(file) {
  try {
    fs.writeFileSync(file, `${process.pid}\n`, {flag: 'wx'});
    return true;
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    return false;
  }
}

/**
 * A living process of those in the lock; none when the machine was started since.
 * @param {string} file
 */
function ownerOf(file) {
  try {
    const booted = Date.now() - os.uptime() * 1000;
    if (fs.statSync(file).mtimeMs < booted) return null;
    return (
      fs
        .readFileSync(file, 'utf8')
        .split('\n')
        .map(Number)
        .find(pid => pid > 0 && lives(pid)) ?? null
    );
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    return null; // given back meanwhile
  }
}

/** @param {number} pid */
function lives(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}
