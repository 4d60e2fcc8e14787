// Reads a text file of names, one a line, as data sets give those of their classes.

import fs from 'node:fs';
import path from 'node:path';

export async function nameList(folder: string, file: string): Promise<string[]> {
  const text = await fs.promises.readFile(path.join(folder, file), 'utf8');
  return text
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean);
}
