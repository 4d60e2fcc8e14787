// Writes a figure to files: SVG, PNG and PDF through a browser, a self-contained page (HTML) and
// its rows (CSV) without one.

import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import {check} from '../check';
import {withPage, withPlotly} from './browser';
import {figureText, type Figure, type Plain, type Row} from './figure';

const formats = ['.svg', '.png', '.pdf', '.html', '.csv'] as const;

/**
 * Writes the figure to each path, in the format that the path ends in: .svg, .png (twice the
 * figure's size), .pdf, .html (with plotly inside, works offline) or .csv (all rows). Caption, alt
 * text, credits and run identifiers travel inside the files. Folders are made; a file that exists
 * is replaced.
 *
 * @throws RangeError when a path ends in something else; Error when no browser starts for the first
 * three, with what to do about it.
 */
export async function exportFigure(figure: Figure, ...paths: string[]): Promise<void> {
  check(paths.length > 0, 'exportFigure', 'expected the path of a file, got none');
  for (const file of paths) {
    check(
      formats.some(format => file.toLowerCase().endsWith(format)),
      'exportFigure',
      `expected a path that ends in ${formats.join(', ')}, got ${file}`,
    );
  }
  for (const file of paths) {
    const content = await encode(figure, path.extname(file).toLowerCase() as (typeof formats)[number]);
    fs.mkdirSync(path.dirname(path.resolve(file)), {recursive: true});
    fs.writeFileSync(file, content);
  }
}

function encode(figure: Figure, format: (typeof formats)[number]): Promise<string | Buffer> | string {
  switch (format) {
    case '.svg':
      return figureSvg(figure);
    case '.png':
      return figurePng(figure);
    case '.pdf':
      return figurePdf(figure);
    case '.html':
      return figureHtml(figure);
    case '.csv':
      return csv(figure.rows);
    default:
      return format satisfies never;
  }
}

export interface PngOptions {
  /** In 256 colors, a third of the bytes where it shows images. @default false */
  palette?: boolean;
  /** Pixels of the file for each of the figure's, across and down. @default 2 */
  scale?: number;
}

/** The figure as PNG, its texts in the file. */
export async function figurePng(figure: Figure, {palette = false, scale = 2}: PngOptions = {}): Promise<Buffer> {
  const url = await draw(figure, 'png', scale);
  const {default: sharp} = await import('sharp');
  const colors = palette ? {palette, quality: 90, effort: 10, dither: 0} : {adaptiveFiltering: true};
  const smaller = await sharp(Buffer.from(url.slice(url.indexOf(',') + 1), 'base64'))
    .removeAlpha()
    .png({compressionLevel: 9, ...colors})
    .toBuffer(); // without palette: half of what the browser wrote, pixel for pixel
  return withText(smaller, {
    Title: figure.name,
    Description: figure.alt,
    Comment: figureText(figure).join('\n'),
    Copyright: figure.credits.join('; '),
    Source: figure.runs.join(', '),
  });
}

async function figureSvg(figure: Figure): Promise<string> {
  const url = await draw(figure, 'svg', 1);
  const svg = decodeURIComponent(url.slice(url.indexOf(',') + 1));
  const texts =
    `<title>${escape(figure.name)}</title><desc>${escape(figure.alt)}</desc>` +
    `<metadata>${escape(figureText(figure).join('\n'))}</metadata>`;
  return svg.replace(/<svg[^>]*>/, tag => `${tag.slice(0, -1)} role="img" aria-label="${escape(figure.alt)}">${texts}`);
}

async function figurePdf(figure: Figure): Promise<Buffer> {
  const svg = await figureSvg(figure);
  return withPage(async page => {
    await page.setContent(
      `<!DOCTYPE html><html lang="en"><title>${escape(title(figure))}</title><style>${style} body {margin: ` +
        `0}</style><figure>${svg}${captionHtml(figure)}</figure>`,
    );
    const height = (await page.evaluate('document.querySelector("figure").getBoundingClientRect().height')) as number;
    return page.pdf({
      width: `${figure.layout.width + 1}px`,
      height: `${Math.ceil(height) + 1}px`,
      printBackground: true,
      tagged: true,
      pageRanges: '1',
    });
  });
}

const draw = ({data, layout}: Figure, format: 'svg' | 'png', scale: number): Promise<string> =>
  withPlotly(page =>
    page.evaluate(
      `Plotly.toImage(${JSON.stringify({data, layout})}, ` +
        `${JSON.stringify({format, scale, width: layout.width, height: layout.height})})`,
    ),
  );

/** A page that needs nothing else: plotly, the figure and its caption in one file of about 5 MB. */
function figureHtml(figure: Figure): string {
  const {data, layout, frames} = figure;
  const script = fs.readFileSync(require.resolve('plotly.js-dist-min/plotly.min.js'), 'utf8');
  const json = JSON.stringify({data, layout, frames, config: {displaylogo: false}}).replaceAll('<', '\\u003c');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="description" content="${escape(figure.alt)}">
<title>${escape(title(figure))}</title>
<style>${style}</style>
</head>
<body>
<figure>
<div id="figure" role="img" aria-label="${escape(figure.alt)}"></div>
${captionHtml(figure)}
</figure>
<script>${script}</script>
<script>Plotly.newPlot('figure', ${json})</script>
</body>
</html>
`;
}

const style =
  'body {font-family: "Open Sans", Arial, Helvetica, sans-serif; color: #222} figure {margin: 0} ' +
  'figcaption {max-width: 900px; padding: 0 30px 24px; font-size: 18px; line-height: 1.45} figcaption ' +
  'p {margin: 6px 0}';
const title = ({name, runs}: Figure) => (runs.length ? `${name} (runs ${runs.join(', ')})` : name);
const captionHtml = (figure: Figure) =>
  `<figcaption>${figureText(figure)
    .map(line => `<p>${escape(line)}</p>`)
    .join('')}</figcaption>`;
const escape = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/**
 * RFC 4180: a header, one line a row. Records in a row become columns with dotted names, lists
 * stand in one cell with blanks between.
 */
export function csv(rows: readonly Row[]): string {
  const flat = rows.map(row => flatten(row));
  const columns = [...new Set(flat.flatMap(row => [...row.keys()]))];
  const cell = (value: string) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
  return [columns, ...flat.map(row => columns.map(column => row.get(column) ?? ''))]
    .map(cells => cells.map(cell).join(',') + '\r\n')
    .join('');
}

function flatten(row: Row, prefix = '', flat = new Map<string, string>()): Map<string, string> {
  for (const [name, value] of Object.entries(row)) {
    if (Array.isArray(value)) flat.set(prefix + name, value.map(text).join(' '));
    else if (value !== null && typeof value === 'object') flatten(value as Row, `${prefix}${name}.`, flat);
    else flat.set(prefix + name, text(value));
  }
  return flat;
}

const text = (value: Plain) => (value === null || value === undefined ? '' : String(value));

/** A PNG with iTXt chunks (UTF-8 text under a keyword) before its end. */
function withText(png: Buffer, texts: Record<string, string>): Buffer {
  const end = png.length - 12; // IEND: length, type, checksum
  const chunks = Object.entries(texts)
    .filter(([, value]) => value)
    .map(([keyword, value]) => {
      const body = Buffer.concat([
        Buffer.from('iTXt'),
        Buffer.from(`${keyword}\0\0\0\0\0`, 'latin1'),
        Buffer.from(value),
      ]);
      const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
      length.writeUInt32BE(body.length - 4);
      checksum.writeUInt32BE(zlib.crc32(body));
      return Buffer.concat([length, body, checksum]);
    });
  return Buffer.concat([png.subarray(0, end), ...chunks, png.subarray(end)]);
}
