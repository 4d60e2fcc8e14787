// Hides what somebody has drawn, the same in every image: to look at a mask of one's own.

import {check} from '../check';
import {tf} from '../engine/tf';
import {masksOf, type MaskStrategy} from './masks';

/**
 * @param drawing A line of text for each row of tokens, from the top: '#' is masked, '.' is kept.
 * Blanks round a line and empty lines do not count.
 * @returns A strategy whose grid is the drawing's. Nothing is drawn at random.
 * @throws RangeError when lines differ in length, have other characters, or mask all tokens or
 * none.
 */
export function drawnMask(drawing: string): MaskStrategy {
  const lines = drawing
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean);
  const columns = lines[0]?.length ?? 0;
  for (const [i, line] of lines.entries()) {
    check(
      /^[#.]+$/.test(line),
      'drawnMask',
      `expected lines of '#' (masked) and '.' (kept), got '${line}' in line ${i + 1}`,
    );
    check(
      line.length === columns,
      'drawnMask',
      `expected lines of ${columns} tokens, as the first, got ${line.length} in line ${i + 1}`,
    );
  }
  const tokens = [...lines.join('')].map(token => Number(token === '#'));
  const keep = tokens.filter(token => token === 0).length;
  check(
    keep > 0 && keep < tokens.length,
    'drawnMask',
    `expected a drawing that masks some tokens and keeps some, got ${tokens.length - keep} masked of ${tokens.length}`,
  );
  return {
    grid: [lines.length, columns],
    draw: (_key, n) => tf.tidy(() => masksOf(tf.tensor2d(tokens, [1, tokens.length]).tile([n, 1]), keep)),
  };
}
