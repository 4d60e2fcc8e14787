// The functions of jstat that are used here; the package has no types of its own.

declare module 'jstat' {
  export const jStat: {
    normal: {inv(probability: number, mean: number, deviation: number): number};
    chisquare: {cdf(x: number, degreesOfFreedom: number): number};
    studentt: {inv(probability: number, degreesOfFreedom: number): number};
    spearmancoeff(a: number[], b: number[]): number;
  };
}
