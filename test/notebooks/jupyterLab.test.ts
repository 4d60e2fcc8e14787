// Real JupyterLab in a real browser: the first notebook runs, its figure is drawn, Interrupt stops
// training, k-NN and probe, and the kernel lives on.
// slow: starts processes

import assert from 'node:assert/strict';
import {spawn, type ChildProcess} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {after, before, test} from 'node:test';
import type {Page} from 'playwright-core';
import {closeBrowser, withPage} from '../../lib/figures/browser';

const root = path.join(__dirname, '../..');
const settings = fs.mkdtempSync(path.join(os.tmpdir(), 'jupyter-'));
let folder: string;
let server: ChildProcess;
let address: string;

/** A notebook of code cells. */
const notebookOf = (...sources: string[]) =>
  JSON.stringify({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {kernelspec: {name: 'ssl-workbench', display_name: 'TypeScript', language: 'typescript'}},
    cells: sources.map((source, i) => ({
      cell_type: 'code',
      id: `cell${i}`,
      metadata: {},
      execution_count: null,
      outputs: [],
      source,
    })),
  });

const training = `
import {adamW, constant, drawnEmoji, embedSplits, encoderOf, featureAccuracies, follow, openTraining, simclr, simclrCifarViews, smallConv, train, twoViews} from 'ssl-workbench';
const dataset = await drawnEmoji({size: 32});
const recipe = simclrCifarViews({mean: dataset.mean, standardDeviation: dataset.standardDeviation});
const task = {method: simclr({backbone: smallConv({width: 64})}), source: twoViews({dataset, recipe}), optimizer: adamW(), schedule: constant(1e-3), epochs: 1000, batch: 64, seed: 0};
const training = openTraining(task);
const {encoder} = await encoderOf(task.method, training, dataset);
const splits = await embedSplits(encoder, dataset);
const labeled = (name: 'train' | 'validation' | 'test') => ({features: splits[name].embedding, labels: splits[name].labels});`;

before(async () => {
  // below the root, or the server would not show it
  const results = path.join(root, 'experiments', 'results');
  fs.mkdirSync(results, {recursive: true});
  folder = fs.mkdtempSync(path.join(results, 'lab-'));
  fs.writeFileSync(
    path.join(folder, 'interrupt.ipynb'),
    notebookOf(
      training,
      'await follow(train(task, training));',
      "console.log('trained', training.step > 0);",
      'console.log("step 0 of no end"); for (;;) await featureAccuracies({train: labeled("train"), ' +
        'validation: labeled("validation"), test: labeled("test")});',
      "console.log('the kernel', 'lives');",
    ),
  );
  const plugin = (name: string, values: object) => {
    fs.mkdirSync(path.join(settings, path.dirname(name)), {recursive: true});
    fs.writeFileSync(path.join(settings, `${name}.jupyterlab-settings`), JSON.stringify(values));
  };
  // cells out of sight stay in the page
  plugin('@jupyterlab/notebook-extension/tracker', {windowingMode: 'none'});
  plugin('@jupyterlab/apputils-extension/notification', {fetchNews: 'false'});
  const env = {
    ...process.env,
    NODE_TEST_CONTEXT: undefined,
    CI: 'true',
    SSL_PRESET: 'smoke',
    JUPYTERLAB_SETTINGS_DIR: settings,
    JUPYTERLAB_WORKSPACES_DIR: path.join(settings, 'workspaces'),
    JUPYTER_CONFIG_DIR: settings,
  };
  server = spawn(process.execPath, [path.join(root, 'setup', 'run.cjs'), 'start', '--port', '0', '--no-browser'], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  address = await new Promise((resolve, reject) => {
    let output = '';
    const read = (data: Buffer) => {
      output += data;
      const found = /JupyterLab: (http\S+)/.exec(output);
      if (found) resolve(found[1]!);
    };
    server.stdout!.on('data', read);
    server.stderr!.on('data', read);
    server.on('exit', code => reject(new Error(`npm start ended with ${code}: ${output}`)));
  });
});

after(async () => {
  await closeBrowser();
  if (server && server.exitCode === null) {
    const ended = new Promise(resolve => server.once('exit', resolve));
    server.kill('SIGINT');
    await ended;
  }
  fs.rmSync(settings, {recursive: true, force: true});
  if (folder) fs.rmSync(folder, {recursive: true, force: true});
});

/**
 * For each thing that is waited for: what does not come is named before the runner ends the file.
 */
const PATIENCE = 15 * 60_000;

async function open(page: Page, notebook: string): Promise<void> {
  page.setDefaultTimeout(PATIENCE);
  await page.setViewportSize({width: 1400, height: 1000});
  const url = new URL(address);
  url.pathname = `/lab/tree/${path.relative(root, path.join(folder, notebook))}`;
  await page.goto(url.href);
  await page.locator('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-CodeCell').first().waitFor();
  await page.getByText('TypeScript | Idle').waitFor(); // the kernel answers
}

const prompts = (page: Page) =>
  page.locator('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-CodeCell .jp-InputArea-prompt').allInnerTexts();

async function runAll(page: Page): Promise<void> {
  await page.getByRole('menuitem', {name: 'Run', exact: true}).click();
  await page.getByRole('menuitem', {name: 'Run All Cells', exact: true}).click();
}

/** Waits until no cell runs any more. */
async function untilDone(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const texts = Array.from(
      document.querySelectorAll('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-CodeCell .jp-InputArea-prompt'),
      element => (element as HTMLElement).innerText,
    );
    return texts.some(text => /\d/.test(text)) && texts.every(text => !text.includes('*'));
  });
}

test('the first notebook runs whole at the smoke preset, and a plotly figure is drawn', () =>
  withPage(
    async page => {
      fs.copyFileSync(path.join(root, 'notebooks', '00-start-here.ipynb'), path.join(folder, 'first.ipynb'));
      await open(page, 'first.ipynb');
      await runAll(page);
      await untilDone(page);
      assert.deepEqual(
        (await prompts(page)).map(text => text.replace(/\D/g, '')),
        (await prompts(page)).map((_, i) => String(i + 1)),
      );
      assert.equal(
        await page.locator('.jp-OutputArea-output[data-mime-type="application/vnd.jupyter.stderr"]').count(),
        0,
      );
      const figure = page.locator('.js-plotly-plot .main-svg').first();
      await figure.scrollIntoViewIfNeeded();
      const box = await figure.boundingBox();
      assert.ok(box && box.width > 300 && box.height > 150, `figure of ${box?.width} × ${box?.height} px`);
    },
    {network: true},
  ));

const cellAt = (page: Page, cell: number) =>
  page.locator('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-CodeCell').nth(cell);

/** Starts a cell as a reader does; a key that came before the page listened is pressed again. */
async function start(page: Page, cell: number): Promise<void> {
  const prompt = cellAt(page, cell).locator('.jp-InputArea-prompt').filter({hasText: /[*\d]/});
  for (let tries = 0; (await prompt.count()) === 0; tries++) {
    assert.ok(tries < 20, `cell ${cell} did not start`);
    await cellAt(page, cell).locator('.cm-content').click();
    await page.keyboard.press('Shift+Enter');
    for (let waits = 0; waits < 50 && (await prompt.count()) === 0; waits++) await page.waitForTimeout(100);
  }
}

/**
 * Runs a cell that has no end, waits until it has told a step and for some seconds more, presses
 * Interrupt and returns the milliseconds until it stood.
 */
async function interrupted(page: Page, cell: number): Promise<number> {
  const code = cellAt(page, cell);
  const prompt = code.locator('.jp-InputArea-prompt');
  await start(page, cell);
  await code
    .locator('.jp-OutputArea')
    .filter({hasText: /step \d+ of/})
    .waitFor();
  await page.waitForTimeout(3000);
  assert.match(await prompt.innerText(), /\*/, 'the cell ended before it could be interrupted');
  const began = performance.now();
  await page
    .locator('.jp-NotebookPanel:not(.lm-mod-hidden) [data-command="notebook:interrupt-kernel"]')
    .first()
    .click();
  await prompt.filter({hasNotText: '*'}).waitFor();
  return performance.now() - began;
}

async function run(page: Page, cell: number): Promise<string> {
  await start(page, cell);
  const code = cellAt(page, cell);
  await code.locator('.jp-InputArea-prompt').filter({hasText: /\d/}).waitFor();
  return code.locator('.jp-OutputArea').innerText();
}

test('Interrupt stops a training, and k-NN and probe; the next cell runs', context =>
  withPage(
    async page => {
      await open(page, 'interrupt.ipynb');
      await run(page, 0);
      for (const [cell, next, said] of [
        [1, 2, 'trained true'],
        [3, 4, 'the kernel lives'],
      ] as const) {
        const milliseconds = await interrupted(page, cell);
        context.diagnostic(`cell ${cell} stopped after ${Math.round(milliseconds)} ms`);
        // for 200 ms after a cell has failed the kernel drops what it is asked
        await page.waitForTimeout(1000);
        assert.match(await run(page, next), new RegExp(said));
      }
    },
    {network: true},
  ));
