// Disk space: how much is free, how much a folder takes.

import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import {Failure} from './failure.mjs';
import {bytesText} from './progress.mjs';

/** Bytes that this user may still write beside `folder`. @param {string} folder */
export function freeBytes(folder) {
  const {bavail, bsize} = fs.statfsSync(folder);
  return bavail * bsize;
}

/** Bytes that a folder takes, 0 where there is none. @param {string} folder */
export function folderBytes(folder) {
  const {stdout} = spawnSync('du', ['-sk', folder], {encoding: 'utf8'});
  return (parseInt(stdout, 10) || 0) * 1024;
}

/**
 * @param {number} free
 * @param {number} needed
 * @param {string} folder
 * @throws Failure when fewer bytes are free than needed.
 */
export function checkSpace(free, needed, folder) {
  if (free < needed)
    throw new Failure(
      `${bytesText(free)} of disk space are free in ${folder}, the set-up needs ${bytesText(needed)}`,
      'free some, or move the project to another disk',
    );
}
