// Rows as a table: numbers right, with as many digits as they deserve.

import {check} from '../check';
import type {Plain, Row} from '../figures/figure';

/** What this room needs of a danfojs DataFrame or Series, which need not be loaded. */
export type Frame = {columns: readonly string[]; values: readonly unknown[]; index: readonly (string | number)[]};

/** Options of {@link table}. */
export interface TableOptions {
  /** Which columns, in this order. @default all */
  columns?: readonly string[];
  /**
   * Digits after the point of all numbers that are not whole.
   * @default as many as show four significant ones of the largest in the column, without zeros at
   * the end of all
   */
  digits?: number;
  /** Above the table. */
  caption?: string;
}

/** A table in two forms. */
export type Table = {html: string; text: string};

/** Rows that are shown; the rest is counted. */
const LIMIT = 60;

/**
 * @param rows Records (records inside them become columns with dotted names), or a danfojs frame or
 * series.
 * @throws RangeError when a column is asked for that no row has.
 */
export function table(rows: readonly Row[] | Frame, {columns, digits, caption}: TableOptions = {}): Table {
  const flat = (isFrame(rows) ? frameRows(rows) : rows).map(row => flatten(row));
  const known = [...new Set(flat.flatMap(row => [...row.keys()]))];
  for (const column of columns ?? [])
    check(known.includes(column), 'table', `expected a column of the rows (${known.join(', ')}), got "${column}"`);
  const shown = flat.slice(0, LIMIT);
  const cells = (columns ?? known).map(name => {
    const values = shown.map(row => row.get(name));
    const right =
      values.every(value => value === undefined || value === null || typeof value === 'number') &&
      values.some(value => typeof value === 'number');
    const format = numberFormat(
      values.filter((value): value is number => typeof value === 'number'),
      digits,
    );
    return {name, right, values: values.map(value => (typeof value === 'number' ? format(value) : text(value)))};
  });
  const rest = flat.length > LIMIT ? `… and ${flat.length - LIMIT} more rows` : '';
  return {html: html(cells, shown.length, caption, rest), text: plain(cells, shown.length, caption, rest)};
}

type Column = {name: string; right: boolean; values: string[]};

function html(columns: readonly Column[], rows: number, caption: string | undefined, rest: string): string {
  const align = ({right}: Column) => `style="text-align:${right ? 'right' : 'left'}"`;
  const body = Array.from(
    {length: rows},
    (_, i) => `<tr>${columns.map(column => `<td ${align(column)}>${escape(column.values[i]!)}</td>`).join('')}</tr>`,
  ).join('\n');
  const head = columns.map(column => `<th scope="col" ${align(column)}>${escape(column.name)}</th>`).join('');
  return (
    `<table>\n${caption ? `<caption>${escape(caption)}</caption>\n` : ''}<thead><tr>${head}</tr></thead>\n` +
    `<tbody>\n${body}\n</tbody>\n</table>${rest ? `\n<p>${rest}</p>` : ''}`
  );
}

function plain(columns: readonly Column[], rows: number, caption: string | undefined, rest: string): string {
  const widths = columns.map(({name, values}) => Math.max(name.length, ...values.map(value => value.length)));
  const line = (cell: (column: Column) => string) =>
    columns
      .map((column, i) => (column.right ? cell(column).padStart(widths[i]!) : cell(column).padEnd(widths[i]!)))
      .join('  ')
      .trimEnd();
  return [
    ...(caption ? [caption] : []),
    line(({name}) => name),
    ...Array.from({length: rows}, (_, i) => line(({values}) => values[i]!)),
    ...(rest ? [rest] : []),
  ].join('\n');
}

/**
 * Whole numbers stay whole; others get the same number of digits after the point throughout their
 * column.
 */
function numberFormat(values: readonly number[], digits?: number): (value: number) => string {
  const finite = values.filter(Number.isFinite);
  if (finite.every(Number.isInteger)) return String;
  const largest = Math.max(...finite.map(Math.abs));
  if (digits === undefined && largest < 1e-3) return value => (value === 0 ? '0' : value.toExponential(2));
  const enough = Math.min(6, Math.max(0, 3 - Math.floor(Math.log10(largest))));
  const after =
    // no zeros that end every number
    digits ?? Math.max(...finite.map(value => (value.toFixed(enough).split('.')[1] ?? '').replace(/0+$/, '').length));
  return value => value.toFixed(after).replace('-', '−');
}

function text(value: unknown): string {
  if (value === undefined || value === null) return '–';
  return Array.isArray(value) ? `${value.length} values` : String(value);
}

function flatten(row: Row, prefix = '', flat = new Map<string, Plain>()): Map<string, Plain> {
  for (const [name, value] of Object.entries(row)) {
    if (value !== null && typeof value === 'object' && !Array.isArray(value))
      flatten(value as Row, `${prefix}${name}.`, flat);
    else flat.set(prefix + name, value);
  }
  return flat;
}

export const isFrame = (thing: unknown): thing is Frame =>
  typeof thing === 'object' &&
  thing !== null &&
  ['columns', 'values', 'index'].every(name => Array.isArray((thing as Record<string, unknown>)[name]));

function frameRows({columns, values, index}: Frame): Row[] {
  const counted = index.every((label, i) => label === i);
  return values.map((value, i) => {
    const cells = Array.isArray(value) ? value : [value];
    return {
      ...(!counted && {'': index[i]!}),
      ...Object.fromEntries(columns.map((column, c) => [column, cells[c] as Plain])),
    };
  });
}

const escape = (raw: string) => raw.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
