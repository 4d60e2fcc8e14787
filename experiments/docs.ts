// What: the marked blocks of README, CONTRIBUTING and docs/: tables, maps and results, from
// published rows and from the code.
// Command:  npm run docs [-- --check]
// Expected: the pages that changed, by name; with --check nothing is written, and a stale page is
// an error.

import path from 'node:path';
import {Command} from 'commander';
import {writeWhole} from '../lib/writeWhole';
import {page, pages, root} from './docs/pages';
import {runProgram} from './runProgram';

export const program = new Command('npm run docs --')
  .description(
    'Writes the marked blocks of README.md, CONTRIBUTING.md and docs/ from published rows and from the code.',
  )
  .option('--check', 'write nothing; fail when a page is stale')
  .action(async ({check}: {check?: true}) => {
    const stale = Object.keys(pages).filter(name => page(name).text !== page(name).fresh);
    if (check && stale.length > 0)
      throw new Error(`docs: expected fresh pages, got stale ones (${stale.join(', ')}): run npm run docs`);
    for (const name of stale) await writeWhole(path.join(root, name), [page(name).fresh]);
    console.log(stale.length > 0 ? `written: ${stale.join(', ')}` : 'all pages are fresh');
  });

if (require.main === module) runProgram(program);
