// The set-up as its user runs it, with programs that act as if: what is done is not done again,
// what fails is told in one line.
// slow: starts processes

import assert from 'node:assert/strict';
import fs from 'node:fs';
import {afterEach, beforeEach, describe, it} from 'node:test';
import {project} from './project';

/** Waits for a condition, ten seconds at most. */
async function until(condition: () => boolean) {
  for (let i = 0; i < 500; i++) {
    if (condition()) return;
    await new Promise(resolve => setTimeout(resolve, 20));
  }
  assert.fail(`never came true: ${condition}`);
}

const done = (output: string) => [...output.matchAll(/^✓ (.+?)  /gm)].map(([, title]) => title).sort();

describe('npm run setup', () => {
  let here: ReturnType<typeof project>;
  beforeEach(() => {
    here = project();
  });
  afterEach(() => here.remove());

  it('does everything once, and then only what a change asks for', async () => {
    const first = await here.command('setup');
    assert.equal(first.errors, '');
    assert.equal(first.code, 0);
    assert.deepEqual(done(first.output), [
      'Python environment',
      'TensorFlow addon',
      'images',
      'library bundle',
      'notebook kernel',
      'npm packages',
    ]);
    assert.match(first.output, /^Python 3\.11\.9 \(python3\), tensorflow\S*==2\.21\.0 \(SSL_TENSORFLOW=cpu\)/);
    assert.match(first.output, /✓ TensorFlow addon .*built by g\+\+, loads TensorFlow 2\.21\.0/);

    assert.deepEqual(await here.command('setup'), {code: 0, output: '', errors: ''});

    fs.appendFileSync(here.file('lib', 'datasets', 'dataset.ts'), '\n');
    assert.deepEqual(done((await here.command('setup')).output), ['library bundle']);

    fs.appendFileSync(here.file('setup', 'requirements.txt'), '# changed\n');
    assert.deepEqual(done((await here.command('setup')).output), ['Python environment']);

    for (const name of ['drawn-emoji', 'earth', 'photos', 'letters']) {
      fs.rmSync(here.file('data', name), {recursive: true});
      assert.deepEqual(done((await here.command('setup')).output), ['images'], name);
    }

    fs.rmSync(here.file('node_modules'), {recursive: true}); // the addon lay in there
    assert.deepEqual(done((await here.command('setup')).output), ['TensorFlow addon', 'npm packages']);
  });

  it('keeps the Python that SSL_PYTHON chose when it is not named again', async () => {
    fs.renameSync(here.file('programs', 'python3'), here.file('my-python'));
    const {output} = await here.command('setup', [], {SSL_PYTHON: here.file('my-python')});
    assert.match(output, /my-python/);
    assert.deepEqual(await here.command('setup'), {code: 0, output: '', errors: ''});
  });

  it('says that there is no Python before anything else is done', async () => {
    here.without('python3');
    const {code, errors} = await here.command('setup');
    assert.equal(code, 1);
    assert.match(errors, /^no Python found: install Python 3\.10 to 3\.13 .*$/);
    assert.equal(here.npmCalls(), 0);
  });

  it('says that there is no network, ends the other programs, and stamps neither', async () => {
    here.npm('echo $$ > npm-pid; exec /bin/sleep 60');
    here.python(
      'while [ ! -f npm-pid ]; do /bin/sleep 0.02; done; echo "Temporary failure in name resolution"; exit 1',
    );
    const {code, errors} = await here.command('setup');
    assert.equal(code, 1);
    assert.match(
      errors,
      /^Python environment: no network \(name resolution\): check the connection .* \(log: \.setup\/python\.log\)$/,
    );
    assert.throws(() => process.kill(Number(fs.readFileSync(here.file('npm-pid'), 'utf8')), 0), /ESRCH/);
    assert.deepEqual([here.stamp('python'), here.stamp('packages')], [false, false]);
  });

  it('goes on where Ctrl-C stopped it', async () => {
    here.python('/bin/mkdir -p half; : > .venv/half; exec /bin/sleep 60');
    const first = here.begin('setup');
    await until(() => here.stamp('packages') && fs.existsSync(here.file('.venv', 'half')));
    first.child.kill('SIGINT');
    assert.equal(await first.ended, 130);
    assert.match(first.errors, /^\s*Interrupted\. What is done is kept: the next start goes on from there\.\s*$/);
    assert.equal(here.stamp('python'), false);

    here.python();
    const second = await here.command('setup');
    assert.equal(second.code, 0, second.errors);
    assert.ok(done(second.output).includes('Python environment'));
    assert.equal(here.npmCalls(), 1, 'what was done is kept');
    assert.equal(fs.existsSync(here.file('.venv', 'half')), false, 'what was half made is made anew');
  });

  it('lets a second set-up wait for the first', async () => {
    here.python('while [ ! -f go-on ]; do /bin/sleep 0.02; done');
    const first = here.begin('setup');
    await until(() => fs.existsSync(here.file('.setup', 'lock')));
    const second = here.begin('setup');
    await until(() => second.output.includes(`another set-up runs here (process ${first.child.pid}): waiting for it`));
    fs.writeFileSync(here.file('go-on'), '');
    assert.deepEqual([await first.ended, await second.ended], [0, 0]);
    assert.deepEqual(done(second.output), []);
    assert.equal(here.npmCalls(), 1);
  });

  it('waits for what a killed set-up left running, then goes on', async () => {
    here.python('echo $$ > pip-pid; while [ -d programs ] && [ ! -f go-on ]; do /bin/sleep 0.02; done');
    const first = here.begin('setup');
    const written = (...parts: string[]) =>
      fs.existsSync(here.file(...parts)) ? fs.readFileSync(here.file(...parts), 'utf8') : '';
    // pip runs, and the lock knows it
    await until(() => written('pip-pid').endsWith('\n') && written('.setup', 'lock').includes(written('pip-pid')));
    first.child.kill('SIGKILL');
    await first.ended;
    const second = here.begin('setup');
    await until(() => second.output.includes('another set-up runs here'));
    fs.writeFileSync(here.file('go-on'), '');
    assert.equal(await second.ended, 0, second.errors);
    assert.ok(done(second.output).includes('Python environment'));
  });

  it('takes a compiler from PyPI where there is none, and removes it', async () => {
    const compiler = fs.readFileSync(here.file('programs', 'g++'), 'utf8').split('\n').slice(2).join('\n');
    here.without('g++');
    here.python(`case "$*" in *ziglang*) echo "$*" > zig-call; /bin/mkdir -p .setup/zig;; esac`);
    fs.appendFileSync(
      here.file('programs', 'python3'),
      `case "$*" in *"-m ziglang c++"*) [ -n "$ZIG_GLOBAL_CACHE_DIR" ] || exit 1\n${compiler}\n;; esac\n`,
    );
    const {code, output, errors} = await here.command('setup');
    assert.equal(code, 0, errors);
    assert.match(output, /TensorFlow addon: no C\+\+ compiler here: fetching one from PyPI/);
    assert.match(output, /✓ TensorFlow addon .*built by ziglang [\d.]+, loads TensorFlow 2\.21\.0/);
    assert.match(fs.readFileSync(here.file('zig-call'), 'utf8'), /--target \S+zig ziglang==/);
    assert.equal(fs.existsSync(here.file('.setup', 'zig')), false);
  });

  it('names a compiler that CXX names wrongly', async () => {
    const {code, errors} = await here.command('setup', [], {CXX: 'nowhere'});
    assert.equal(code, 1);
    assert.match(errors, /^CXX=nowhere is no compiler that runs: unset CXX, or name a C\+\+17 compiler$/);
    assert.equal(here.stamp('addon'), false);
  });
});

it('npm run study hands its options on, and a signal once, with the time to stop', async () => {
  const here = project();
  const tsx = fs.readFileSync(here.file('packages', 'tsx', 'index.js'), 'utf8');
  fs.writeFileSync(
    here.file('packages', 'tsx', 'index.js'),
    `if (!process.argv[1]?.endsWith('study.ts')) { ${tsx} }
process.on('uncaughtException', () => {});   // there is no experiments/study.ts here: this stands for it
let signals = 0;
process.on('SIGINT', () => { signals++; setTimeout(() => { console.log('saved after', signals, 'signal'); process.exit(0); }, 300); });
setInterval(() => {}, 1000);
console.log('study', process.argv.slice(2).join(' '), process.env.MALLOC_TRIM_THRESHOLD_ > 0);`,
  );
  const study = here.begin('study', ['temperature', '--seeds', '2']);
  await until(() => study.output.includes('study temperature --seeds 2 true'));
  study.child.kill('SIGINT');
  // Ctrl-C comes twice: from the terminal and from npm
  setTimeout(() => study.child.kill('SIGINT'), 50);
  assert.equal(await study.ended, 130);
  assert.match(study.output, /saved after 1 signal/);
  here.remove();
});

it("npm run benchmark makes its peers' environment once, beside the project's, and passes its words on", async () => {
  const here = project();
  const tsx = fs.readFileSync(here.file('packages', 'tsx', 'index.js'), 'utf8');
  fs.writeFileSync(
    here.file('packages', 'tsx', 'index.js'),
    `if (!process.argv[1]?.endsWith('benchmark.ts')) { ${tsx} }
console.log('benchmark', process.argv.slice(2).join(' '));
process.exit(3);`,
  );
  fs.mkdirSync(here.file('experiments', 'benchmarks'), {recursive: true});
  const requirements = here.file('experiments', 'benchmarks', 'requirements.txt');
  fs.writeFileSync(requirements, 'torch\n');
  here.python('echo "$*" >> pip-calls');
  const first = await here.command('benchmark', ['step', 'vit-8']);
  assert.equal(first.code, 3);
  assert.match(first.output, /✓ Python peers[\s\S]*benchmark step vit-8/);
  assert.match(
    fs.readFileSync(here.file('pip-calls'), 'utf8'),
    /install .*-r .*experiments\/benchmarks\/requirements\.txt$/m,
  );
  assert.ok(fs.existsSync(here.file('experiments', 'benchmarks', '.venv', 'bin', 'python')));
  assert.equal((await here.command('benchmark', ['table'])).output, 'benchmark table\n');
  fs.appendFileSync(requirements, 'lightly\n');
  // asks no peer
  assert.equal((await here.command('benchmark', ['table'])).output, 'benchmark table\n');
  here.python('echo "ERROR: No matching distribution found for torch" >&2; exit 1');
  const failed = await here.command('benchmark', ['step']);
  assert.equal(failed.code, 1);
  assert.match(failed.errors, /^Python peers: PyPI has no torch for this Python and machine/);
  here.remove();
});

describe('the other commands where nothing is set up', () => {
  let here: ReturnType<typeof project>;
  beforeEach(() => {
    here = project();
  });
  afterEach(() => here.remove());

  it('npm run doctor says what is missing, each with its remedy', async () => {
    here.without('python3');
    const {code, output, errors} = await here.command('doctor');
    assert.equal(errors, '');
    assert.equal(code, 1);
    assert.match(output, /^Node +\d+\.\d+\.\d+/m);
    assert.match(output, /^Missing:\n/m);
    assert.match(output, /- no Python found: install Python 3\.10 to 3\.13/);
    assert.match(output, /- Set-up: packages, python, addon, library, kernel, data: run `npm start`/);
  });

  it('a command that does not exist names those that do', async () => {
    const {code, errors} = await here.command('strat');
    assert.equal(code, 1);
    assert.equal(
      errors,
      'no command strat: expected one of start, test, study, profile, benchmark, docs, api, doctor, kernel, setup',
    );
  });
});
