/** A percentage as a paper prints it, as a share 0 to 1 without the rounding of a division. */
export const share = (percent: number): number => Math.round(percent * 100) / 10_000;
