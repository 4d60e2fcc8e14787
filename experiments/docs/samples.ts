// Code of the pages: files of test/samples, which are type-checked and run with the tests, as a
// notebook would hold them.

import fs from 'node:fs';
import path from 'node:path';
import {check} from '../../lib/check';

const folder = path.join(__dirname, '..', '..', 'test', 'samples');

/** Imports as readers write them. */
const asPackage = (code: string) =>
  code.replace("'../../lib/index'", "'ssl-workbench'").replace("'../../lib/parts'", "'ssl-workbench/parts'");

const fenced = (code: string) => `\`\`\`ts\n${code.trim()}\n\`\`\``;

/** A whole file. */
export const sample = (name: string): string =>
  fenced(asPackage(fs.readFileSync(path.join(folder, `${name}.ts`), 'utf8')));

/**
 * A file whose one function stands for a notebook: its body without the function around it.
 * @throws RangeError when it has another form.
 */
export function notebookSample(name: string): string {
  const [, imports, body] =
    /^([\s\S]*?)\nexport (?:async )?function \w+\(\) \{\n([\s\S]*?)^\}/m.exec(
      fs.readFileSync(path.join(folder, `${name}.ts`), 'utf8'),
    ) ?? [];
  check(
    imports !== undefined && body !== undefined,
    'notebookSample',
    `expected imports and one function in test/samples/${name}.ts, got something else`,
  );
  return fenced(`${asPackage(imports)}\n${body.replaceAll(/^ {2}/gm, '')}`);
}
