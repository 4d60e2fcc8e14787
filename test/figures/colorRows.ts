// Made-up rows of the color shortcut: a plain function of their arguments.

import type {ColorShortcutRow} from '../../lib/trials/colorShortcut/trials';

const bell = (center: number, width: number) => {
  const heights = Array.from({length: 20}, (_, i) => Math.exp(-((((i + 0.5) / 20 - center) / width) ** 2)));
  const sum = heights.reduce((a, b) => a + b, 0);
  return heights.map(height => height / sum);
};

export const colorRow = (strength: number, seed: number): ColorShortcutRow => {
  const [same, different] = [0.85 - 0.5 * Math.sqrt(strength), 0.55 - 0.3 * Math.sqrt(strength)];
  return {
    dataset: 'made-up',
    strength,
    seed,
    images: 256,
    found: 0.4 * 10 ** -strength + 0.01 * seed,
    same,
    different,
    sameShares: bell(same, 0.15),
    differentShares: bell(different, 0.2),
  };
};

export const colorRows = [0, 1, 2].flatMap(seed =>
  [0, 1 / 8, 1 / 4, 1 / 2, 1].map(strength => colorRow(strength, seed)),
);
