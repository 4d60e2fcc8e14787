/** The share of ones in a row's hits, which its accuracy must be: '1' or '0' for each test image. */
export function shareOfHits(hits: string): number {
  return [...hits].filter(hit => hit === '1').length / hits.length;
}
