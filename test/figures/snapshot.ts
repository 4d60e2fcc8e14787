// Compares a figure with its committed JSON, numbers rounded to six digits. UPDATE_SNAPSHOTS=1 in the environment writes it anew: then look at the difference, and at the picture.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import type {Figure} from '../../lib/figures/figure';

/** @param folder Of the test that asks: its JSON lies beside it. */
export function matchesSnapshot(figure: Figure, folder: string, name: string): void {
  const file = path.join(folder, `${name}.json`);
  const rounded = JSON.parse(JSON.stringify(figure, (_, value) => (typeof value === 'number' ? Number(value.toPrecision(6)) : value)));
  if (process.env.UPDATE_SNAPSHOTS === '1') fs.writeFileSync(file, `${JSON.stringify(rounded, null, 1)}\n`);
  assert.deepEqual(rounded, JSON.parse(fs.readFileSync(file, 'utf8')));
}

/** Every number is one, nothing is lost as JSON, and type stays readable. */
export function isSound(figure: Figure): void {
  const walk = (value: unknown, place: string): void => {
    if (typeof value === 'number') assert.ok(Number.isFinite(value), `${place} is ${value}`);
    else if (value && typeof value === 'object') for (const [name, inner] of Object.entries(value)) walk(inner, `${place}.${name}`);
    if (place.endsWith('font.size') || place.endsWith('tickfont.size')) assert.ok((value as number) >= 16, `${place} is ${value}`);
  };
  walk(figure, figure.name);
  assert.match(figure.name, /^\S+$/);
  assert.ok(figure.alt.length > 20 && figure.caption.length > 10);
  const axes = Object.entries(figure.layout).filter(([name]) => /^[xy]axis/.test(name));
  assert.ok(axes.length >= 2);
}
