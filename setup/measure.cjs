// What the engine and the browser of this machine do, as one JSON line: for `npm run doctor`, run
// with tsx.
'use strict';

const {native, device, settings} = require('../lib/engine/device.ts');
const {simclr} = require('../lib/methods/contrastive/simclr.ts');
const {smallConv} = require('../lib/backbones/smallConv.ts');
const {adamW} = require('../lib/training/adamW.ts');
const {constant} = require('../lib/schedules.ts');
const {openTraining} = require('../lib/training/training.ts');
const {simclrCifarViews} = require('../lib/views/recipes/simclrCifar.ts');
const {twoViews} = require('../lib/views/sources/twoViews.ts');
const {tf} = require('../lib/engine/tf.ts');
const {closeBrowser, browserPath, withPage} = require('../lib/figures/browser.ts');

/**
 * Calls a second, over half a second of them.
 * @param {() => unknown} call
 * @param {number} calls Between two looks at the clock.
 */
function rate(call, calls) {
  call(); // the first one prepares
  const start = performance.now();
  let done = 0;
  while (performance.now() - start < 500) {
    for (let i = 0; i < calls; i++) call();
    done += calls;
  }
  return done / ((performance.now() - start) / 1000);
}

function speed() {
  const side = 1024;
  const [a, b] = [tf.ones([side, side]), tf.ones([side, side])];
  const product = rate(() => tf.tidy(() => tf.matMul(a, b).sum().dataSync()), 1);
  const small = tf.ones([8]);
  const additions = rate(() => tf.tidy(() => tf.add(small, small)), 100);
  return {gigaflops: (product * 2 * side ** 3) / 1e9, operations: additions};
}

/**
 * A whole step of SimCLR on made-up images, compiled: seconds until it first ran, and images a
 * second after that.
 */
async function step(batch = 128) {
  const [n, side] = [2 * batch, 32];
  /** @param {number} size */
  const range = size => Int32Array.from({length: size}, (_, i) => i);
  /** @type {[number, number, number]} */
  const middle = [0.5, 0.5, 0.5];
  const looks = {mean: middle, standardDeviation: middle};
  /** @type {import('../lib/datasets/dataset.ts').Dataset} */
  const dataset = {
    name: 'made up',
    shape: [n, side, side, 3],
    images: Uint8Array.from({length: n * side * side * 3}, (_, i) => (i * 7919) % 256),
    splits: {pretrain: range(n), train: range(0), validation: range(0), test: range(0)},
    labels: new Int32Array(n),
    classes: ['made up'],
    license: '',
    credit: '',
    checksum: '',
    ...looks,
  };
  const source = twoViews({dataset, recipe: simclrCifarViews(looks)});
  const training = openTraining({
    method: simclr({backbone: smallConv()}),
    source,
    optimizer: adamW(),
    schedule: constant(1e-3),
    epochs: 1,
    batch,
    seed: 0,
  });
  const start = performance.now();
  await training.advance(range(batch), {});
  const compiled = performance.now();
  const seconds = [];
  for (let i = 0; i < 8; i++) {
    const before = performance.now();
    await training.advance(range(batch), {});
    seconds.push((performance.now() - before) / 1000);
  }
  training.dispose();
  source.dispose();
  return {
    compileSeconds: (compiled - start) / 1000,
    imagesPerSecond: batch / Math.min(...seconds.slice(1)),
    ...settings,
  };
}

async function browser() {
  try {
    await withPage(async () => {});
    await closeBrowser();
    return {path: browserPath()};
  } catch (error) {
    return {problem: error instanceof Error ? error.message : String(error)};
  }
}

(async () => {
  if (process.argv.includes('--step')) return console.log(JSON.stringify(await step()));
  const result = {
    ...device(),
    gpu: native.isUsingGpuDevice,
    ...speed(),
    tfjs: tf.version_core,
    browser: await browser(),
  };
  console.log(JSON.stringify(result));
})();
