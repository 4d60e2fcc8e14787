// What the engine and the browser of this machine do, as one JSON line: for `npm run doctor`, run with tsx.
'use strict';

const {native, device} = require('../lib/engine/device.ts');
const {tf} = require('../lib/engine/tf.ts');
const {closeBrowser, browserPath, withPage} = require('../lib/figures/browser.ts');

/** Calls a second, over half a second of them. */
function rate(call, calls) {
  call();   // the first one prepares
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

async function browser() {
  try {
    await withPage(async () => {});
    await closeBrowser();
    return {path: browserPath()};
  } catch (error) {
    return {problem: error.message};
  }
}

(async () => {
  const result = {...device(), gpu: native.isUsingGpuDevice, ...speed(), tfjs: tf.version_core, browser: await browser()};
  console.log(JSON.stringify(result));
})();
