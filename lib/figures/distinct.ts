// Each value once.

/** In the order in which values first appear. */
export const distinct = <T>(values: Iterable<T>): T[] => [...new Set(values)];
