// Runs test files in one process, each as a suite of its own name: what tsx and TensorFlow take to
// load (two seconds of a processor) is paid once. Arguments: the file to which each test file's
// seconds go, whether they may start processes ('processes' or 'alone'), names of test files.
'use strict';

const childProcess = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const {after, before, describe} = require('node:test');

const [, , times = '', may, ...names] = process.argv;

if (may !== 'processes') {
  const refuse = () => {
    throw new Error(
      "this test starts a process: say so at the head of its file, for example `// slow: runs the study's command`",
    );
  };
  for (const name of ['exec', 'execFile', 'execFileSync', 'execSync', 'fork', 'spawn', 'spawnSync'])
    Reflect.set(childProcess, name, refuse);
}

/** What the library's own variables say. */
const settings = () => JSON.stringify(Object.entries(process.env).filter(([name]) => name.startsWith('SSL_')));

for (const name of names) {
  describe(name, () => {
    let begun = performance.now();
    let used = process.cpuUsage();
    before(() => {
      begun = performance.now();
      used = process.cpuUsage();
    });
    const given = settings();
    require(path.join(__dirname, '..', 'test', `${name}.test.ts`));
    if (may !== 'processes' && settings() !== given) {
      throw new Error(
        'this file changes the environment as it is loaded: say so at its head, for example `// slow: needs ' +
          'a process with XLA`',
      );
    }
    after(() => {
      const {user, system} = process.cpuUsage(used);
      fs.appendFileSync(
        times,
        `${JSON.stringify({name, seconds: (performance.now() - begun) / 1000, processor: (user + system) / 1e6})}\n`,
      );
    });
  });
}
