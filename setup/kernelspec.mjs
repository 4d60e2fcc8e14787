// Describes the notebook kernel to Jupyter: which program runs a cell.

import fs from 'node:fs';
import path from 'node:path';

export const kernelName = 'ssl-workbench';

/**
 * For a process that trains: glibc keeps the memory that a step frees for the next one, instead of
 * giving it back to the system. A ResNet's step of 32 images took .26-.29 s in place of .29-.30 s;
 * a small encoder's shows no difference; resident memory is the same.
 */
export const allocator = {MALLOC_MMAP_THRESHOLD_: '33554432', MALLOC_TRIM_THRESHOLD_: '1073741824'};

/**
 * The contents of kernel.json.
 *
 * @param {{node?: string, launcher: string, displayName?: string}} options `displayName`: what a
 * notebook shows as its kernel.
 */
export function kernelspec({node = process.execPath, launcher, displayName = 'TypeScript'}) {
  return {
    argv: [node, launcher, 'kernel', '--config-path', '{connection_file}'],
    display_name: displayName,
    language: 'typescript',
    interrupt_mode: 'signal',
    env: allocator,
    metadata: {debugger: false},
  };
}

/**
 * Writes it, whole or not at all.
 * @param {string} file
 * @param {ReturnType<typeof kernelspec>} spec
 */
export function writeKernelspec(file, spec) {
  fs.mkdirSync(path.dirname(file), {recursive: true});
  fs.writeFileSync(`${file}.new`, `${JSON.stringify(spec, null, 2)}\n`);
  fs.renameSync(`${file}.new`, file);
}
