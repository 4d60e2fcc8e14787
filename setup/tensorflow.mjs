// Chooses TensorFlow's wheel: with CUDA where an NVIDIA driver answers, else without.

import {spawnSync} from 'node:child_process';
import {Failure} from './failure.mjs';

export const tensorflowVersion = '2.21.0';

/** The GPU that the NVIDIA driver names, or null where no driver answers. */
export function nvidiaDriver() {
  for (const program of ['nvidia-smi', '/usr/lib/wsl/lib/nvidia-smi']) {
    const {status, stdout} = spawnSync(program, ['--query-gpu=name,driver_version', '--format=csv,noheader'], {
      encoding: 'utf8',
      timeout: 20_000,
    });
    const [name] = (stdout ?? '').split('\n');
    if (status === 0 && name) return name.trim();
  }
  return null;
}

/**
 * What pip installs, and why that.
 *
 * @param {object} options
 * @param {NodeJS.Platform} [options.platform]
 * @param {string} [options.arch]
 * @param {string | null} options.driver What {@link nvidiaDriver} returned.
 * @param {string} [options.forced] Value of SSL_TENSORFLOW: 'cpu', 'gpu' or nothing.
 * @param {string} [options.installed] Requirement that the environment was built with, if it was: a
 * CUDA wheel stays when the driver is silent for once, it runs on the CPU too.
 */
export function tensorflowWheel({
  platform = process.platform,
  arch = process.arch,
  driver,
  forced = process.env.SSL_TENSORFLOW,
  installed,
}) {
  if (forced && !['cpu', 'gpu'].includes(forced))
    throw new Failure(`SSL_TENSORFLOW=${forced}`, 'expected cpu or gpu, or the variable unset');
  const cudaExists = platform === 'linux' && arch === 'x64';
  if (forced === 'gpu' && !cudaExists)
    throw new Failure(
      `SSL_TENSORFLOW=gpu: TensorFlow has no CUDA wheel for ${platform} on ${arch}`,
      'unset the variable',
    );
  const gpu = cudaExists && forced !== 'cpu' && (forced === 'gpu' || driver !== null);
  const answer = driver ? `NVIDIA driver answers: ${driver}` : 'no NVIDIA driver answers';
  const found = cudaExists ? answer : `no CUDA wheel for ${platform} on ${arch}`;
  const why = forced ? `SSL_TENSORFLOW=${forced}` : found;
  const withCuda = `tensorflow[and-cuda]==${tensorflowVersion}`;
  if (gpu) return {requirement: withCuda, gpu, why};
  if (installed === withCuda && cudaExists && !forced)
    return {requirement: withCuda, gpu: true, why: `${why} now, the CUDA wheel is kept`};
  return {requirement: `${cudaExists ? 'tensorflow-cpu' : 'tensorflow'}==${tensorflowVersion}`, gpu, why};
}
