// All published benchmarks as Markdown, for docs/benchmarks.md.

import {evaluationTable} from './evaluation';
import {growthTable} from './growth';
import {maskCostTable} from './maskCost';
import {memoryTable} from './memory';
import {pipelineTable} from './pipeline';
import {stepTable} from './step';
import {scenesTable} from './scenes';
import {studySentence} from './study';

const parts = [
  stepTable,
  pipelineTable,
  evaluationTable,
  memoryTable,
  growthTable,
  maskCostTable,
  scenesTable,
  studySentence,
];

export const tables = (): string =>
  parts
    .map(part => part())
    .filter(Boolean)
    .join('\n\n');
