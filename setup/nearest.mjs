// Finds what a mistyped word was meant to be.

/**
 * Letters to insert, drop, replace or swap with their neighbor on the way from a to b.
 * @param {string} a
 * @param {string} b
 */
export function distance(a, b) {
  const rows = Array.from({length: a.length + 1}, (_, i) =>
    Array.from({length: b.length + 1}, (_, j) => (i === 0 || j === 0 ? i + j : 0)),
  );
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      rows[i][j] = Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
    }
  }
  return rows[a.length][b.length];
}

/**
 * The name nearest to a word: one that contains it, else the one of which the smallest share must
 * change; undefined where there are no names.
 *
 * @param {string} word
 * @param {readonly string[]} names
 */
export function nearest(word, names) {
  const containing = names.filter(name => name.includes(word) || word.includes(name));
  return (containing.length > 0 ? containing : names)
    .map(name => ({name, far: distance(word, name) / Math.max(word.length, name.length)}))
    .sort((a, b) => a.far - b.far)[0]?.name;
}
