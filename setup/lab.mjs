// Starts JupyterLab at a notebook, and knows when it answers.

import {randomBytes} from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import {run} from './child.mjs';
import {codeOf, Failure} from './failure.mjs';
import {jupyterEnvironment} from './notebooks.mjs';
import {places as at, root} from './places.mjs';

/**
 * Whether a browser window can open here.
 * @param {{platform?: NodeJS.Platform, env?: NodeJS.ProcessEnv}} [machine]
 */
export function hasScreen({platform = process.platform, env = process.env} = {}) {
  if (env.CI) return false;
  if (platform === 'darwin') return !env.SSH_CONNECTION;
  return Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

/**
 * `port` when it is free, else one of the next fifty; 0 asks the system for any.
 * @param {number} port
 */
export async function freePort(port) {
  for (let candidate = port; candidate <= port + 50; candidate++) {
    const got = await listen(candidate);
    if (got !== null) return got;
  }
  throw new Failure(`ports ${port} to ${port + 50} are all in use`, 'name another with --port');
}

/**
 * @param {number} port
 * @returns {Promise<number | null>} The port that was got, null when it is in use.
 */
function listen(port) {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', error =>
      codeOf(error) === 'EADDRINUSE' ? resolve(null) : reject(new Failure(`port ${port}`, error.message)),
    );
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(address && typeof address === 'object' ? address.port : null));
    });
  });
}

/**
 * Starts the server on this machine's own address (127.0.0.1).
 *
 * @param {object} options
 * @param {string} options.notebook Path from the project's folder that Lab opens.
 * @param {number} options.port
 * @param {boolean} options.browser Whether Jupyter opens a browser window.
 * @returns The address with its token once the server answers, and `ended`, which gives the exit
 * code when it is over. A signal to this process ends it (main.mjs).
 * @throws Failure with the server's last words when it ends before it answers.
 */
export async function startLab({notebook, port, browser}) {
  const free = await freePort(port);
  const token = randomBytes(24).toString('hex');
  const log = path.join(at.work, 'jupyterlab.log');
  fs.mkdirSync(at.work, {recursive: true});
  fs.writeFileSync(log, '');
  /** @type {string[]} */
  const lines = [];
  const args = [
    '--ServerApp.ip=127.0.0.1',
    `--ServerApp.port=${free}`,
    '--ServerApp.port_retries=0',
    `--ServerApp.root_dir=${root}`,
    `--ServerApp.open_browser=${browser ? 'True' : 'False'}`,
    `--LabApp.default_url=/lab/tree/${notebook}`,
    '--ServerApp.log_level=WARN',
    ...(process.getuid?.() === 0 ? ['--allow-root'] : []),
  ];
  let over = false;
  const ended = run(at.lab, args, {
    cwd: root,
    env: jupyterEnvironment({JUPYTER_TOKEN: token}),
    onLine(line) {
      lines.push(line);
      fs.appendFileSync(log, `${line}\n`);
    },
  }).then(({code}) => {
    over = true;
    return code;
  });
  const origin = `http://127.0.0.1:${free}`;
  while (!(await answers(`${origin}/api/status?token=${token}`))) {
    if (over)
      throw new Failure(
        'JupyterLab ended before it answered',
        `${lines.filter(line => line.trim()).at(-1) ?? 'without a word'} (log: ${path.relative(root, log)})`,
      );
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  return {address: `${origin}/lab/tree/${notebook}?token=${token}`, ended};
}

/** @param {string} url */
async function answers(url) {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false; // not listening yet
  }
}
