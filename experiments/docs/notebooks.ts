// The map of notebooks: title and claim, as their first cells state them.

import fs from 'node:fs';
import path from 'node:path';
import {check} from '../../lib/check';

type Notebook = {cells: {source: string | string[]}[]};

/**
 * A line a notebook, with a link from the project's folder.
 * @throws RangeError for a notebook without title or claim.
 */
export function notebookList(folder: string): string {
  const files = fs
    .readdirSync(folder)
    .filter(file => /^\d\d-.*\.ipynb$/.test(file) && !file.endsWith('.failed.ipynb'))
    .sort();
  return files
    .map(file => {
      const {
        cells: [first],
      } = JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8')) as Notebook;
      const text = [first?.source ?? []].flat().join('');
      const [, title, claim] = /^# (.+)\n\n\*\*([^*]+)\*\*/.exec(text) ?? [];
      check(
        title !== undefined && claim !== undefined,
        'notebookList',
        `expected a title and a sentence in bold at the top of ${file}, got ${text.slice(0, 60)}`,
      );
      return `- [${title}](notebooks/${file}): ${claim}`;
    })
    .join('\n');
}
