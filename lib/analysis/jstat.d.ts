// The functions of jstat that are used here; the package has no types of its own.

declare module 'jstat' {
  export const jStat: {studentt: {inv(probability: number, degreesOfFreedom: number): number}; spearmancoeff(a: number[], b: number[]): number};
}
