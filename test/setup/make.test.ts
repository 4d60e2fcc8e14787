import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {afterEach, beforeEach, describe, it} from 'node:test';
import {make} from '../../setup/make.mjs';
import {digest, filesBelow, stamps} from '../../setup/stamps.mjs';

const quiet = {start() {}, say() {}, end() {}, stop() {}};

describe('make', () => {
  let folder: string;
  let ran: string[];
  let inputs: {[step: string]: string};
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'make-'));
    ran = [];
    inputs = {};
  });
  afterEach(() => fs.rmSync(folder, {recursive: true}));

  const result = (name: string) => path.join(folder, `${name}.made`);
  const step = (name: string, after: string[] = [], work = async () => {}) => ({
    name,
    title: name,
    after,
    key: () => inputs[name] ?? 'same',
    there: () => fs.existsSync(result(name)),
    async run() {
      await work();
      ran.push(name);
      fs.writeFileSync(result(name), '');
      return 'made';
    },
  });
  const go = (steps: ReturnType<typeof step>[], goals = steps.map(({name}) => name)) =>
    make(steps, goals, {stamps: stamps(folder), progress: quiet});

  it('runs each step once, after those it needs, and nothing the second time', async () => {
    const steps = [
      step('addon', ['packages', 'python']),
      step('packages'),
      step('python', [], () => new Promise(resolve => setTimeout(resolve, 20))),
    ];
    await go(steps);
    assert.deepEqual(ran, ['packages', 'python', 'addon']);
    await go(steps);
    assert.equal(ran.length, 3);
  });

  it('runs a step again when what it depends on changed, and only that', async () => {
    const steps = [step('packages'), step('library', ['packages'])];
    await go(steps);
    inputs.library = 'changed';
    await go(steps);
    assert.deepEqual(ran, ['packages', 'library', 'library']);
  });

  it('runs a step again when its result was taken away, also by the step before it', async () => {
    const steps = [
      step('packages', [], async () => fs.rmSync(result('addon'), {force: true})),
      step('addon', ['packages']),
    ];
    await go(steps);
    fs.rmSync(result('packages'));
    await go(steps);
    assert.deepEqual(ran, ['packages', 'addon', 'packages', 'addon']);
  });

  it('leaves no stamp of a step that failed, keeps those of the others, and goes on there', async () => {
    let broken = true;
    const steps = [
      step('packages'),
      step('python', ['packages'], async () => {
        fs.writeFileSync(result('python'), 'half');
        if (broken) throw new Error('no network');
      }),
      step('addon', ['python']),
    ];
    await assert.rejects(go(steps), /no network/);
    assert.deepEqual(ran, ['packages']);
    assert.equal(stamps(folder).read('python'), null);
    broken = false;
    await go(steps);
    assert.deepEqual(ran, ['packages', 'python', 'addon']);
  });

  it('ends the others when one fails, and waits for them', async () => {
    let ended = false;
    const slow = {
      ...step('python'),
      run: ({signal}: {signal: AbortSignal}) =>
        new Promise<string>((_, reject) =>
          signal.addEventListener('abort', () => {
            ended = true;
            reject(new Error('ended'));
          }),
        ),
    };
    const failing = step('packages', [], async () => {
      await new Promise(resolve => setTimeout(resolve, 10));
      throw new Error('no network');
    });
    await assert.rejects(
      make([slow, failing], ['python', 'packages'], {stamps: stamps(folder), progress: quiet}),
      /no network/,
    );
    assert.equal(ended, true);
  });

  it('makes what no goal asks for only when a stale step needs it', async () => {
    const steps = [step('library'), step('data', ['library'])];
    await go(steps, ['data']);
    assert.deepEqual(ran, ['library', 'data']);
    inputs.library = 'edited';
    await go(steps, ['data']);
    assert.equal(ran.length, 2);
  });

  it('takes a torn stamp for none', async () => {
    const steps = [step('packages')];
    await go(steps);
    fs.writeFileSync(path.join(folder, 'packages.json'), '{"key": "sa');
    await go(steps);
    assert.equal(ran.length, 2);
  });
});

describe('digest', () => {
  it('changes with a value, with the contents of a file and with its name', () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'digest-'));
    const [a, b] = [path.join(folder, 'a.ts'), path.join(folder, 'b.ts')];
    fs.writeFileSync(a, 'one');
    fs.writeFileSync(b, 'one');
    const first = digest({values: ['x'], files: [a]});
    assert.equal(digest({values: ['x'], files: [a]}), first);
    assert.notEqual(digest({values: ['y'], files: [a]}), first);
    assert.notEqual(digest({values: ['x'], files: [b]}), first);
    fs.writeFileSync(a, 'two');
    assert.notEqual(digest({values: ['x'], files: [a]}), first);
    fs.mkdirSync(path.join(folder, 'dist'));
    fs.writeFileSync(path.join(folder, 'dist', 'c.ts'), '');
    assert.deepEqual(filesBelow(folder, '.ts', ['dist']).sort(), [a, b]);
    fs.rmSync(folder, {recursive: true});
  });
});
