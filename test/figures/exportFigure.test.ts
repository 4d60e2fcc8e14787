// slow: starts processes

import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {after, test} from 'node:test';
import {promisify} from 'node:util';
import zlib from 'node:zlib';
import sharp from 'sharp';
import {accuracyFigure} from '../../lib/figures/accuracyFigure';
import {closeBrowser, withPage, withPlotly} from '../../lib/figures/browser';
import {csv, exportFigure, figurePng} from '../../lib/figures/exportFigure';
import type {Figure} from '../../lib/figures/figure';
import {imageGrid} from '../../lib/figures/imageGrid';
import {similarityFigure} from '../../lib/studies/temperature/similarityFigure';
import {temperatureFigure} from '../../lib/studies/temperature/figure';
import {trainingFigure} from '../../lib/figures/trainingFigure';
import {publishedTemperatures} from '../../lib/studies/temperature/published';
import {baselineRows, picture, temperatureRows, trainingEvents} from './sample';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'figures-'));
const file = (name: string) => path.join(folder, name);
const figure = temperatureFigure(temperatureRows, {baselines: baselineRows, published: publishedTemperatures});
const all: Figure[] = [
  figure,
  similarityFigure(temperatureRows),
  trainingFigure({'batch 8': trainingEvents(30), 'batch <256>': trainingEvents(30)}),
  accuracyFigure(
    [
      {name: 'SimCLR', accuracy: 0.4, seed: 0},
      {name: 'SimCLR', accuracy: 0.5, seed: 1},
      {name: 'HOG', accuracy: 0.5, seed: null, baseline: true},
    ],
    {title: 'k-NN', protocol: 'k = 20'},
  ),
  imageGrid([[{...picture('cat'), verdict: 'wrong'}, picture()]], {
    title: 'Grid',
    rowNames: ['row'],
    credits: ['somebody'],
  }),
];

/**
 * What keeps a browser from starting here, if anything: then drawing must fail with a line that
 * says what to do.
 */
const noBrowser: Promise<Error | undefined> = withPage(async () => undefined).catch((error: Error) => error);
const saysWhatToDo =
  /no browser started that could draw the figure: .+ Install Chrome or Chromium .+ or set SSL_BROWSER .+; \.html and \.csv need none/;

async function drawn(check: () => Promise<void>): Promise<void> {
  if (await noBrowser) await assert.rejects(check, saysWhatToDo);
  else await check();
}

after(async () => {
  await closeBrowser();
  fs.rmSync(folder, {recursive: true});
});

test('SVG: vector text, with alt text, caption and runs inside', () =>
  drawn(async () => {
    await exportFigure(figure, file('new/folder/a.svg'));
    const svg = fs.readFileSync(file('new/folder/a.svg'), 'utf8');
    assert.match(svg, /^<svg [^>]*width="960"[^>]*role="img" aria-label="Panels over temperature/);
    assert.match(svg, /<title>temperature-linear-made-up<\/title><desc>Panels .*<metadata>[^]*Runs: t0\.05s0, /);
    assert.match(svg, />HOG 49\.0 %<\/text>/);
  }));

test('PNG: twice the size, caption and runs as text chunks, a picture that sharp can read', () =>
  drawn(async () => {
    await exportFigure(figure, file('a.png'));
    const {width, height} = await sharp(file('a.png')).metadata();
    assert.deepEqual([width, height], [2 * figure.layout.width, 2 * figure.layout.height]);
    const texts = Object.fromEntries(textChunks(fs.readFileSync(file('a.png'))));
    assert.equal(texts.Description, figure.alt);
    assert.equal(texts.Source, figure.runs.join(', '));
    const {channels} = await sharp(file('a.png')).stats();
    assert.ok(channels[0]!.stdev > 10, 'the picture is blank');
  }));

test('PDF: one page that holds figure and caption', () =>
  drawn(async () => {
    await exportFigure(figure, file('a.pdf'));
    const pdf = fs.readFileSync(file('a.pdf')).toString('latin1');
    assert.match(pdf, /^%PDF-1/);
    assert.equal(pdf.match(/\/Type\s*\/Page\b/g)!.length, 1);
    const [width, height] = /\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)/
      .exec(pdf)!
      .slice(1)
      .map(points => Number(points) / 0.75);
    assert.ok(Math.abs(width! - 961) < 2 && height! > figure.layout.height + 100);
  }));

test('plotly knows every attribute of every figure', () =>
  drawn(async () => {
    const problems = await withPlotly(page =>
      Promise.all(
        all.map(
          ({data, layout}) =>
            page.evaluate(
              `(Plotly.validate(${JSON.stringify(data)}, ${JSON.stringify(layout)}) ?? []).map(({msg}) => msg)`,
            ) as Promise<string[]>,
        ),
      ),
    );
    assert.deepEqual(
      problems.flat().filter(problem => !problem.endsWith('did not get coerced')),
      [],
    ); // those are known, but have no effect where others switch them off
  }));

test('an HTML page draws itself without network', () =>
  drawn(async () => {
    await exportFigure(trainingFigure({'batch <8>': trainingEvents(30)}), file('b.html'));
    const {bars, errors} = await withPage(async page => {
      const reported: string[] = [];
      page.on('pageerror', error => reported.push(String(error)));
      page.on('request', request => {
        if (!request.url().startsWith('file:')) reported.push(request.url());
      });
      await page.goto(`file://${file('b.html')}`);
      await page.waitForSelector('.js-plotly-plot .scatterlayer .trace');
      return {bars: await page.locator('.js-plotly-plot .scatterlayer .trace').count(), errors: reported};
    });
    assert.deepEqual([bars, errors], [3, []]);
  }));

test('HTML needs no browser: plotly, figure, caption and alt text in one file', async () => {
  await exportFigure({...figure, caption: 'a </script> in a caption'}, file('a.html'));
  const html = fs.readFileSync(file('a.html'), 'utf8');
  assert.equal(html.match(/<\/script>/g)!.length, 2);
  assert.match(html, /<div id="figure" role="img" aria-label="Panels over temperature/);
  assert.match(html, /<p>a &lt;\/script&gt; in a caption<\/p>/);
  assert.doesNotMatch(html, /<(script|link)[^>]*(src|href)=/);
});

test('CSV needs no browser: one line a row, records as dotted columns', async () => {
  await exportFigure(figure, file('a.csv'));
  const [header, ...lines] = fs.readFileSync(file('a.csv'), 'utf8').trimEnd().split('\r\n');
  assert.match(header!, /^kind,run,dataset,method,loss,temperature,schedule,seed,epochs,last\.knn,/);
  assert.equal(lines.length, figure.rows.length);
  assert.match(lines[0]!, /^measured,t0\.05s0,made-up,simclr,contrastive,0\.05,,0,12,/);
});

test('CSV quotes what needs it; lists stand in one cell, what is missing stays empty', () => {
  assert.equal(
    csv([
      {a: 'x, "y"', b: [1, 2], c: null},
      {a: 1.5, d: {e: true}},
    ]),
    'a,b,c,d.e\r\n"x, ""y""",1 2,,\r\n1.5,,,true\r\n',
  );
});

test('other endings are refused before anything is written', async () => {
  await assert.rejects(
    exportFigure(figure, file('c.csv'), file('c.jpg')),
    /^RangeError: exportFigure: expected a path that ends in \.svg, \.png, \.pdf, \.html, \.csv, got .*c\.jpg/,
  );
  assert.ok(!fs.existsSync(file('c.csv')));
});

/** Runs a program of its own that exports a figure; ends with it. */
const program = (env: NodeJS.ProcessEnv, ...paths: string[]) =>
  promisify(execFile)(
    process.execPath,
    [
      '--import',
      'tsx',
      '--eval',
      `
  const {exportFigure} = require('./lib/figures/exportFigure');
  const {trainingFigure} = require('./lib/figures/trainingFigure');
  const event = {step: 1, steps: 1, epoch: 0, epochs: 1, loss: 1, learningRate: 0, metrics: {}, imagesPerSecond: 1};
  exportFigure(trainingFigure([event]), ...${JSON.stringify(paths)}).catch(error => { console.error(error.message); process.exitCode = 3; });
`,
    ],
    {cwd: path.join(__dirname, '../..'), env: {...process.env, ...env}},
  );

test('a browser asked for that does not start is named, with what to do; HTML and CSV work all the same', async () => {
  await program({SSL_BROWSER: '/bin/false'}, file('d.html'), file('d.csv'));
  assert.ok(fs.existsSync(file('d.html')) && fs.existsSync(file('d.csv')));
  await assert.rejects(
    program({SSL_BROWSER: '/bin/false'}, file('d.png')),
    ({code, stderr}: {code: number; stderr: string}) =>
      code === 3 && saysWhatToDo.test(stderr) && /\/bin\/false: ended with exit code 1/.test(stderr),
  );
});

test('a program that drew a figure ends by itself', async () => {
  const missing = await noBrowser;
  if (missing)
    // by itself as well
    await assert.rejects(program({}, file('e.png')), ({code}: {code: number}) => code === 3);
  else {
    await program({}, file('e.png'));
    assert.ok(fs.existsSync(file('e.png')));
  }
});

/** Keyword and text of each iTXt chunk, checksums verified. */
function* textChunks(png: Buffer): Generator<[string, string]> {
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    const body = png.subarray(at + 4, at + 8 + length);
    assert.equal(png.readUInt32BE(at + 8 + length), zlib.crc32(body));
    if (body.subarray(0, 4).toString() === 'iTXt') {
      const content = body.subarray(4);
      const end = content.indexOf(0);
      yield [content.subarray(0, end).toString('latin1'), content.subarray(end + 5).toString()];
    }
    at += 12 + length;
  }
}

test('with a palette a PNG is smaller, and as large in pixels; its texts stay', () =>
  drawn(async () => {
    const [whole, small] = [await figurePng(figure), await figurePng(figure, {palette: true})];
    const [a, b] = [await sharp(whole).metadata(), await sharp(small).metadata()];
    assert.deepEqual([b.width, b.height, b.isPalette], [a.width, a.height, true]);
    assert.equal(a.isPalette, false);
    assert.ok(small.length < whole.length, `${small.length} of ${whole.length} bytes`);
    assert.ok(small.includes('Description'));
  }));
