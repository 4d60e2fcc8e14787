// Shares in percent.

/** Of a share 0 to 1, to one decimal: 0.1234 → 12.3. */
export const inPercent = (share: number): number => Number((100 * share).toFixed(1));

/** The same with its unit and all its decimals, for texts: 0.5 → '50.0 %'. */
export const percentText = (share: number, digits = 1): string => `${(100 * share).toFixed(digits)} %`;
