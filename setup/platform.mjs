// Says on which machines TensorFlow's library exists.

import fs from 'node:fs';
import {Failure} from './failure.mjs';

/** @throws Failure on a machine for which there is no wheel of TensorFlow 2.21. */
export function checkPlatform({
  platform = process.platform,
  arch = process.arch,
  musl = fs.existsSync('/etc/alpine-release'),
} = {}) {
  if (platform === 'win32')
    throw new Failure(
      'Windows has no TensorFlow library that fits',
      'use WSL2 (`wsl --install`), clone the project inside it and run the command there',
    );
  if (platform === 'darwin' && arch === 'x64') {
    throw new Failure(
      "TensorFlow's wheels for Intel Macs stop at 2.16, 2.21 is needed",
      'use an Apple-silicon Mac (with a Node built for arm64) or a Linux machine',
    );
  }
  const supported = ['linux', 'darwin'].includes(platform) && ['x64', 'arm64'].includes(arch);
  if (!supported)
    throw new Failure(
      `TensorFlow has no wheel for ${platform} on ${arch}`,
      'use Linux on x64 or arm64, or an Apple-silicon Mac',
    );
  if (musl)
    throw new Failure(
      'TensorFlow has no wheel for Alpine and other musl systems',
      'use a glibc one, such as Debian, Ubuntu or Fedora',
    );
}
