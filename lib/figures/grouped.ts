// Rows by what they have in common, in the order in which it first appears. (Map.groupBy comes with Node 21.)

export function grouped<T, K>(rows: readonly T[], by: (row: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const row of rows) {
    const group = groups.get(by(row));
    if (group) group.push(row);
    else groups.set(by(row), [row]);
  }
  return groups;
}

/** Each value once, in the order in which it first appears. */
export const distinct = <T>(values: readonly T[]): T[] => [...new Set(values)];
