// Copies a study's rows, with what they were made with, to where they are committed; and reads them
// again for notebooks.

import fs from 'node:fs';
import path from 'node:path';
import {check} from '../check';
import type {Dataset} from '../datasets/dataset';
import {projectRoot} from '../root';
import {writeWhole} from '../writeWhole';
import type {BaselineRow} from './baselines';
import type {Json} from '../json';

/** Rows that were computed here and are committed. */
export type Published<Row> = {
  rows: Row[];
  baselines: BaselineRow[];
  /**
   * Family of each test image, for intervals; null where each is its own.
   */
  families: number[] | null;
  /**
   * config.json of each run, by its identifier: options, seed, version, commit, device, machine,
   * time.
   */
  provenance: Record<string, Json>;
};

const file = (study: string, name: string) =>
  path.join(projectRoot(), 'experiments', 'published', study, `${name}.json`);

/** @param runs Folders of the runs that the rows come from. @returns Path of the file. */
export async function publish<Row>(
  study: string,
  name: string,
  measured: Omit<Published<Row>, 'provenance'>,
  runs: string[],
): Promise<string> {
  const provenance = Object.fromEntries(
    runs.map(run => [path.basename(run), JSON.parse(fs.readFileSync(path.join(run, 'config.json'), 'utf8')) as Json]),
  );
  const to = file(study, name);
  fs.mkdirSync(path.dirname(to), {recursive: true});
  await writeWhole(to, [JSON.stringify({...measured, provenance} satisfies Published<Row>, null, 1) + '\n']);
  return to;
}

/**
 * @param name For example 'objects-32-default'.
 * @throws RangeError that names what is published when this is not.
 */
export function published<Row>(study: string, name: string): Published<Row> {
  const from = file(study, name);
  const folder = path.dirname(from);
  const known = fs.existsSync(folder) ? fs.readdirSync(folder).map(entry => path.basename(entry, '.json')) : [];
  check(
    known.includes(name),
    'published',
    `expected one of ${known.join(', ') || 'no published rows'} of the study ${study}, got ${name}`,
  );
  return JSON.parse(fs.readFileSync(from, 'utf8')) as Published<Row>;
}

/** Families of a data set's test images as {@link Published} has them. */
export function testFamilies({families, splits}: Pick<Dataset, 'families' | 'splits'>): number[] | null {
  if (!families) return null;
  const ofTest = Array.from(splits.test, image => families[image]!);
  return new Set(ofTest).size === ofTest.length ? null : ofTest;
}
