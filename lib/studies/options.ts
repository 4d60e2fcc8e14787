// Options of studies on the command line, as plain data, and the small parsers that read them.

import {backboneNames} from '../backbones/namedBackbone';

/** An option beside those that every study has. */
export interface StudyOption {
  /** As `--epochs <n>`; its name in camel case is that of the study's option. */
  flags: string;
  text: string;
  /** The names that are taken; any text without them. */
  choices?: readonly string[];
  /** @throws RangeError that says what was expected. @default the text as it is */
  parse?(text: string): unknown;
}

/** "0.05,0.1" → [0.05, 0.1] */
export function numbers(text: string): number[] {
  const values = text.split(',').map(part => (part.trim() === '' ? NaN : Number(part)));
  const known = values.every(value => Number.isFinite(value));
  if (!known) throw new RangeError(`expected numbers with commas between them, for example 0.1,0.3, got "${text}".`);
  return values;
}

/**
 * A parser of names with commas between them, each one of `known`; `what` they are stands in the
 * error.
 */
export const listOf =
  <T extends string>(what: string, known: readonly T[]) =>
  (text: string): T[] =>
    text.split(',').map(part => {
      const name = known.find(candidate => candidate === part.trim());
      if (!name) throw new RangeError(`expected ${what} of ${known.join(', ')}, got "${part}".`);
      return name;
    });

/** A whole number from 1. */
export function positive(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new RangeError(`expected a whole number from 1, got "${text}".`);
  return value;
}

/** Whole numbers from 1. */
export function widths(text: string): number[] {
  return text.split(',').map(positive);
}

/** Whole numbers from 0. */
export function seeds(text: string): number[] {
  const values = numbers(text);
  const whole = values.every(value => Number.isInteger(value) && value >= 0);
  if (!whole) throw new RangeError(`expected whole numbers from 0, got "${text}".`);
  return values;
}

export const epochsOption: StudyOption = {flags: '--epochs <n>', text: 'epochs of each training', parse: positive};
export const batchOption: StudyOption = {flags: '--batch <n>', text: 'images a step', parse: positive};
export const backboneOption: StudyOption = {flags: '--backbone <name>', text: 'encoder', choices: backboneNames};
