// slow: starts processes

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {it} from 'node:test';
import {kernelspec} from '../../setup/kernelspec.mjs';
import {userKernels} from '../../setup/registerKernel.mjs';
import {project} from './project';

it('kernelspec runs the launcher by this Node, and hands it the connection', () => {
  const spec = kernelspec({node: '/opt/node', launcher: '/project/setup/kernel.cjs'});
  assert.deepEqual(spec.argv, [
    '/opt/node',
    '/project/setup/kernel.cjs',
    'kernel',
    '--config-path',
    '{connection_file}',
  ]);
  assert.equal(spec.display_name, 'TypeScript');
  assert.equal(spec.language, 'typescript');
  assert.equal(spec.interrupt_mode, 'signal');
  for (const value of Object.values(spec.env)) assert.match(value, /^\d+$/);
});

it("userKernels is Jupyter's folder on each system", () => {
  assert.equal(userKernels({platform: 'linux', env: {}, home: '/home/ada'}), '/home/ada/.local/share/jupyter/kernels');
  assert.equal(
    userKernels({platform: 'linux', env: {XDG_DATA_HOME: '/data'}, home: '/home/ada'}),
    '/data/jupyter/kernels',
  );
  assert.equal(userKernels({platform: 'darwin', env: {}, home: '/Users/ada'}), '/Users/ada/Library/Jupyter/kernels');
  assert.equal(
    userKernels({platform: 'darwin', env: {JUPYTER_DATA_DIR: '/jupyter'}, home: '/Users/ada'}),
    '/jupyter/kernels',
  );
});

it('npm run kernel registers the kernel for the user and takes it away again', async () => {
  const here = project();
  fs.mkdirSync(path.join(here.folder, 'packages', 'commander'));
  fs.cpSync(
    path.join(__dirname, '..', '..', 'node_modules', 'commander'),
    path.join(here.folder, 'packages', 'commander'),
    {recursive: true},
  );
  const folder = here.file('.local', 'share', 'jupyter', 'kernels', 'ssl-workbench');
  const where = process.platform === 'darwin' ? {JUPYTER_DATA_DIR: here.file('.local', 'share', 'jupyter')} : {};

  const registered = await here.command('kernel', [], where);
  assert.equal(registered.code, 0, registered.errors);
  assert.match(registered.output, /registered in ~\/\.local\/share\/jupyter\/kernels\/ssl-workbench/);
  const spec = JSON.parse(fs.readFileSync(path.join(folder, 'kernel.json'), 'utf8'));
  assert.equal(spec.display_name, 'TypeScript (ssl-workbench)');
  assert.equal(spec.argv[0], process.execPath);
  assert.equal(spec.argv[1], fs.realpathSync(here.file('setup', 'kernel.cjs')));

  assert.match(
    (await here.command('kernel', ['--remvoe'], where)).errors,
    /unknown option '--remvoe' \(Did you mean --remove\?\)/,
  );
  assert.match((await here.command('kernel', ['--remove'], where)).output, /^Kernel removed from ~\/\.local/);
  assert.equal(fs.existsSync(folder), false);
  assert.match((await here.command('kernel', ['--remove'], where)).output, /^No kernel was registered/);
  here.remove();
});
