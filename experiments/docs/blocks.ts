// Marked blocks of Markdown: what stands between two marks is written by a program, the rest by
// hand.

import {check} from '../../lib/check';

const startOf = (name: string) => `<!-- ${name}: written by \`npm run docs\` -->`;
const endOf = (name: string) => `<!-- end of ${name} -->`;

/** Text of each block, by its name. */
export type Blocks = Readonly<Record<string, () => string>>;

/**
 * `text` with what stands between each block's marks replaced.
 *
 * @throws RangeError when a mark is missing or there twice, and for a block in the text that
 * `blocks` does not have.
 */
export function withBlocks(text: string, blocks: Blocks): string {
  for (const [, name] of text.matchAll(/^<!-- (.+): written by /gm)) {
    check(
      Object.hasOwn(blocks, name ?? ''),
      'withBlocks',
      `expected blocks of ${Object.keys(blocks).join(', ')}, got ${name}`,
    );
  }
  return Object.entries(blocks).reduce((whole, [name, write]) => {
    const [before, rest, ...more] = whole.split(startOf(name));
    const [, after, ...again] = (rest ?? '').split(endOf(name));
    const once = after !== undefined && more.length === 0 && again.length === 0;
    check(
      once,
      'withBlocks',
      `expected one block between ${startOf(name)} and ${endOf(name)}, got another number of these lines`,
    );
    return `${before}${startOf(name)}\n\n${write().trim()}\n\n${endOf(name)}${after}`;
  }, text);
}
