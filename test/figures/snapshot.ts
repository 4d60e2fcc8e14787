// Compares a figure with its committed JSON: what it shows and says, without the look that all
// figures share. Numbers are rounded to six digits. UPDATE_SNAPSHOTS=1 in the environment writes it
// anew: then look at the difference, and at the picture.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {isDeepStrictEqual} from 'node:util';
import type {Figure} from '../../lib/figures/figure';
import {axis, colors, layout, size} from '../../lib/figures/theme';

/** @param folder Of the test that asks: its JSON lies beside it. */
export function matchesSnapshot(figure: Figure, folder: string, name: string): void {
  const file = path.join(folder, `${name}.json`);
  const shown = withoutTheme(figure);
  if (process.env.UPDATE_SNAPSHOTS === '1') fs.writeFileSync(file, `${JSON.stringify(shown, null, 1)}\n`);
  assert.deepEqual(shown, JSON.parse(fs.readFileSync(file, 'utf8')));
}

/** As JSON holds it. */
type Json = null | boolean | number | string | Json[] | {[name: string]: Json};
type JsonObject = {[name: string]: Json};

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const asJson = (object: object): JsonObject => JSON.parse(JSON.stringify(object));

/**
 * A figure as a snapshot has it: layout and axes without what they have of the theme, its colors
 * and font sizes by their names, numbers of six digits, names in alphabetical order.
 */
export function withoutTheme(figure: Pick<Figure, 'layout'>): JsonObject {
  const {layout: all, ...rest} = asJson(figure);
  assert.ok(isObject(all));
  const {title, legend, ...own} = all;
  const texts =
    isObject(title) && isObject(title.subtitle) ? {title: title.text, subtitle: title.subtitle.text} : {title};
  const themed = asJson(layout({title: '', subtitle: '', height: 0, top: 0}));
  const themedLegend = asJson(
    layout({title: '', subtitle: '', height: figure.layout.height, top: 0, legend: true}),
  ).legend;
  const parts = Object.entries(different(own, themed)).map(([name, value]) =>
    /^[xy]axis\d*$/.test(name) ? [name, different(value, asJson(axis({})))] : [name, value],
  );
  const named = legend === undefined || isDeepStrictEqual(legend, themedLegend) ? {} : {legend};
  return plain({...rest, layout: {...Object.fromEntries(parts), ...texts, ...named}}) as JsonObject;
}

/** What of an object the theme does not say in the same words. */
const different = (object: Json, theme: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(object as JsonObject).filter(([name, value]) => !isDeepStrictEqual(value, theme[name])),
  );

const byValue = <T>(named: Record<string, T>) => new Map(Object.entries(named).map(([name, value]) => [value, name]));
const colorNames: ReadonlyMap<string, string> = byValue<string>(colors);
const sizeNames: ReadonlyMap<number, string> = byValue<number>(size);

function plain(value: Json, place = ''): Json {
  if (Array.isArray(value)) return value.map(inner => plain(inner, place));
  if (typeof value === 'string') return value.replace(/#[0-9A-F]{6}/g, hex => colorNames.get(hex) ?? hex);
  if (typeof value === 'number') {
    const name = /font\.size$/.test(place) ? sizeNames.get(value) : undefined;
    return name ?? Number(value.toPrecision(6));
  }
  if (!isObject(value)) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, inner]) => [name, plain(inner, `${place}.${name}`)]));
}

/** Every number is one, nothing is lost as JSON, and type stays readable. */
export function isSound(figure: Figure): void {
  const walk = (value: unknown, place: string): void => {
    if (typeof value === 'number') assert.ok(Number.isFinite(value), `${place} is ${value}`);
    else if (value && typeof value === 'object')
      for (const [name, inner] of Object.entries(value)) walk(inner, `${place}.${name}`);
    if (place.endsWith('font.size') || place.endsWith('tickfont.size'))
      assert.ok((value as number) >= 16, `${place} is ${value}`);
  };
  walk(figure, figure.name);
  assert.match(figure.name, /^\S+$/);
  assert.ok(figure.alt.length > 20 && figure.caption.length > 10);
  const axes = Object.entries(figure.layout).filter(([name]) => /^[xy]axis/.test(name));
  assert.ok(axes.length >= 2);
}
