// The value below which a given share of values lies.
// Hyndman & Fan 1996, "Sample Quantiles in Statistical Packages", The American Statistician 50, definition 7: numpy's default.

/**
 * @param ascending At least one number, in ascending order.
 * @param share From 0, the smallest, to 1, the largest.
 * @returns Between two values their mean, weighted by how near each is: for [1, 2, 4] and 0.75 it is 3.
 */
export function quantile(ascending: ArrayLike<number>, share: number): number {
  const place = share * (ascending.length - 1);
  const [below, above] = [ascending[Math.floor(place)]!, ascending[Math.ceil(place)]!];
  return below + (above - below) * (place - Math.floor(place));
}
