// slow: starts processes

import assert from 'node:assert/strict';
import {after, afterEach, test} from 'node:test';
import sharp from 'sharp';
import {tf} from '../../lib/engine/tf';
import {closeBrowser, withPage} from '../../lib/figures/browser';
import {trainingFigure} from '../../lib/figures/trainingFigure';
import {show} from '../../lib/notebook/show';
import {table} from '../../lib/notebook/table';
import {trainingEvents} from '../figures/sample';
import {inKernel, onTerminal} from './kernel';

const figure = trainingFigure(trainingEvents(5), {runs: ['a1', 'b2']});
const before = process.env.SSL_FIGURE_PNG;
delete process.env.SSL_FIGURE_PNG;
afterEach(() => void delete process.env.SSL_FIGURE_PNG);
after(async () => {
  if (before !== undefined) process.env.SSL_FIGURE_PNG = before;
  await closeBrowser();
});

test('a figure is plotly and its alt text in one output, then the caption', async () => {
  const [plot, caption, ...rest] = await inKernel(() => show(figure));
  assert.deepEqual(Object.keys(plot!.data), ['application/vnd.plotly.v1+json', 'text/plain']);
  assert.deepEqual(plot!.data['application/vnd.plotly.v1+json'], {
    data: figure.data,
    layout: figure.layout,
    config: {displaylogo: false},
  });
  assert.equal(plot!.data['text/plain'], figure.alt);
  assert.match(
    caption!.data['text/html'] as string,
    /<b>Figure\.<\/b> Loss and alignment, uniformity over the steps.*Runs: a1, b2\./s,
  );
  assert.deepEqual(rest, []);
});

test('with SSL_FIGURE_PNG=1 it is a PNG too, shown at the size of the figure', async () => {
  process.env.SSL_FIGURE_PNG = '1';
  const missing = await withPage(async () => undefined).catch((error: Error) => error);
  if (missing)
    await assert.rejects(
      inKernel(() => show(figure)),
      /no browser started that could draw the figure/,
    );
  else {
    const [plot] = await inKernel(() => show(figure));
    const {width} = await sharp(Buffer.from(plot!.data['image/png'] as string, 'base64')).metadata();
    assert.equal(width, figure.layout.width);
    assert.deepEqual(plot!.metadata['image/png'], {width: figure.layout.width, height: figure.layout.height});
  }
});

test('images are one PNG', async () => {
  const [image] = await inKernel(() => show(tf.ones([3, 32, 32, 3]), {columns: 2}));
  const {data} = image!;
  const {width, height} = await sharp(Buffer.from(data['image/png'] as string, 'base64')).metadata();
  assert.deepEqual([width, height], [2 * 132 - 4, 2 * 132 - 4]);
  assert.equal(data['text/plain'], '3 images of 32 × 32 pixels');
  const [single] = await inKernel(() => show(tf.ones([32, 16, 1])));
  assert.equal(single!.data['text/plain'], '1 image of 32 × 16 pixels');
});

test('images with captions are a figure', async () => {
  const [plot] = await inKernel(() =>
    show(tf.ones([2, 8, 8, 3]), {captions: ['cat', 'dog'], title: 'Two', credits: ['somebody']}),
  );
  assert.match(plot!.data['text/plain'] as string, /cat, dog/);
  assert.match(JSON.stringify(plot!.data['application/vnd.plotly.v1+json']), /Images: somebody/);
});

test('rows, a frame and a table are an HTML table', async () => {
  const [rows] = await inKernel(() => show([{a: 1}], {caption: 'one'}));
  const [frame] = await inKernel(() => show({columns: ['a'], values: [[1]], index: [0]}, {caption: 'one'}));
  const [made] = await inKernel(() => show(table([{a: 1}], {caption: 'one'})));
  assert.match(rows!.data['text/html'] as string, /<table>\n<caption>one<\/caption>/);
  assert.deepEqual([frame!.data, made!.data], [rows!.data, rows!.data]);
});

test('outside a kernel text goes to the terminal', async () => {
  const text = await onTerminal(async () => {
    await show(figure);
    await show([{a: 1}]);
  });
  assert.match(text, /^training: Curves over steps\.[^]*\nRuns: a1, b2\.\na\n1$/);
});

test('anything else is refused', async () => {
  await assert.rejects(
    show(5 as never),
    /^TypeError: show: expected a figure, a tensor of images, rows, a data frame or a table, got number/,
  );
  await assert.rejects(show(new Map() as never), /got Map/);
});
