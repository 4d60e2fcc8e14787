// Pages with marked blocks, and what writes each block.

import fs from 'node:fs';
import path from 'node:path';
import {tables as benchmarkTables} from '../benchmarks/table';
import {withBlocks, type Blocks} from './blocks';
import {floors} from '../../test/floors';
import {floorsTable} from './floors';
import {notebookList} from './notebooks';
import {attmaskText, maskDesignText, maskRatioTable, maskRatioText, maskStrategyText} from './results/masks';
import {methodsText, siblingsText} from './results/methods';
import {temperatureTable, temperatureText} from './results/temperature';
import {colorSpacesText, dialTable, sharedFactorsText, viewsText} from './results/views';
import {notebookSample, sample} from './samples';
import {studyList, studyTable} from './studies';

export const root = path.join(__dirname, '..', '..');

/** By the page's path in the project. */
export const pages: Readonly<Record<string, Blocks>> = {
  'README.md': {
    'quick start': () => notebookSample('quickStart'),
    notebooks: () => notebookList(path.join(root, 'notebooks')),
    studies: studyList,
  },
  'CONTRIBUTING.md': {floors: () => floorsTable(floors)},
  'docs/add-a-method.md': {'a method': () => sample('alignUniform')},
  'docs/scenes.md': {'a scene': () => notebookSample('oneScene')},
  'docs/studies.md': {studies: studyTable},
  'docs/benchmarks.md': {benchmarks: benchmarkTables},
  'docs/results.md': {
    temperature: temperatureTable,
    'temperature in words': temperatureText,
    siblings: siblingsText,
    methods: methodsText,
    'mask-ratio': maskRatioTable,
    'mask-ratio in words': maskRatioText,
    'mask-strategy': maskStrategyText,
    'mask-design': maskDesignText,
    attmask: attmaskText,
    views: viewsText,
    'views, each dial': dialTable,
    'shared-factors': sharedFactorsText,
    'color-spaces': colorSpacesText,
  },
};

/** A page as it is, and as it should be. */
export function page(name: string): {text: string; fresh: string} {
  const text = fs.readFileSync(path.join(root, name), 'utf8');
  return {text, fresh: withBlocks(text, pages[name] ?? {})};
}
