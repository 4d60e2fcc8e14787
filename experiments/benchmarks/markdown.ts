// Tables in Markdown, and how their numbers are written.

import {secondsOf, type MeasuredSide} from './harness';
import type {Provenance} from './publish';

export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [header, header.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`).join('\n');
}

/** Milliseconds of a repetition: the middle round, the shortest in brackets. */
export function milliseconds(side: MeasuredSide): string {
  const {median, minimum} = secondsOf(side);
  return `${three(1000 * median)} (${three(1000 * minimum)})`;
}

/** Samples a second in the middle round, the best in brackets. */
export function samplesPerSecond(side: MeasuredSide, samples: number): string {
  const {median, minimum} = secondsOf(side);
  return `${three(samples / median)} (${three(samples / minimum)})`;
}

/** How often `other`'s time `own` takes: of the middle rounds, of the shortest in brackets. */
export function timeRatio(own: MeasuredSide, other: MeasuredSide): string {
  const [a, b] = [secondsOf(own), secondsOf(other)];
  return `${(a.median / b.median).toFixed(2)} (${(a.minimum / b.minimum).toFixed(2)})`;
}

/** How often `other`'s rate `own` has, likewise. */
export const rateRatio = (own: MeasuredSide, other: MeasuredSide): string => timeRatio(other, own);

/** Largest memory of the copies together, in MB. */
export function megabytes({peakBytes}: MeasuredSide): string {
  return peakBytes.some(bytes => bytes === null)
    ? 'unknown'
    : `${Math.round(peakBytes.reduce<number>((sum, bytes) => sum + bytes!, 0) / 1e6)}`;
}

/** "AMD EPYC, 2 threads": the machines that files were measured on, each once. */
export function machines(files: readonly Provenance[]): string {
  return [
    ...new Set(
      files.map(
        ({machine: {processor, threads, memoryGiB, system}}) =>
          `${processor}, ${threads} thread${threads === 1 ? '' : 's'}, ${memoryGiB} GiB, ${system}`,
      ),
    ),
  ].join('; ');
}

/**
 * Versions of the libraries that the sides told, each once, for example "torch 2.13.0, lightly
 * 1.6.0, TensorFlow 2.21.0".
 */
export function libraries(sides: readonly MeasuredSide[]): string {
  const named = sides.flatMap(({facts}) =>
    Object.entries((facts.versions ?? {}) as Record<string, string>).map(([name, version]) => `${name} ${version}`),
  );
  return [...new Set(named)].sort().join(', ');
}

/** Three digits, no exponent. */
export const three = (value: number): string =>
  value >= 100 ? value.toFixed(0) : Number(value.toPrecision(3)).toString();
