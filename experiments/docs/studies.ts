// The table of studies: what is varied, after whom, and what the published rows took.

import {groups, median} from 'd3-array';
import {check} from '../../lib/check';
import type {Json} from '../../lib/json';
import {studies as commands} from '../../lib/studies/all';
import type {CommandRow} from '../../lib/studies/command';
import {pairedDifference, type HitRow} from '../../lib/study/pairedDifference';
import type {Published} from '../../lib/study/publish';
import {markdownTable} from '../benchmarks/markdown';
import {studyTime} from '../benchmarks/study';
import {program} from '../study';
import {defaultRows, studyFacts, type StudyFacts} from './studyFacts';

type Rows = Parameters<typeof studyTime>[0] & {
  rows: readonly {seed: number; epochs: number}[];
  provenance: Record<string, Json>;
};

/**
 * Every study that the terminal knows, in its order.
 * @throws RangeError for one that has no facts here.
 */
function studies(): {name: string; facts: StudyFacts}[] {
  return program.commands.map(command => {
    const name = command.name();
    const facts = studyFacts[name];
    check(
      facts !== undefined,
      'studies',
      `expected facts of every study, got none of ${name}: add them to experiments/docs/studies.ts`,
    );
    return {name, facts};
  });
}

const command = (name: string) => commands.find(study => study.name === name)!;

/** A line a study. */
export const studyList = (): string =>
  studies()
    .map(({name, facts}) => `- \`${name}\`: ${facts.dial}`)
    .join('\n');

/**
 * Half of the 95 % interval of the difference of two settings' linear probes, a share: the middle one
 * of all settings against the first. Smaller differences the rows do not decide.
 */
function decided({rows, families}: Published<CommandRow & HitRow>, settingText: (row: CommandRow) => string): number {
  const [first = [], ...others] = groups(rows, settingText).map(([, group]) => group);
  const halves = others.map(group => {
    const {low, high} = pairedDifference(group, first, {families: families ?? undefined});
    return (high - low) / 2;
  });
  return median(halves) ?? NaN;
}

/** A line a study, with what its published rows took, and the difference that they decide. */
export function studyTable(): string {
  const lines = studies().map(({name, facts: {dial, papers, data}}) => {
    const {rows, provenance} = defaultRows<Rows['rows'][number] & {run: string; minutes: number}>(name);
    const {trainings, minutes} = studyTime({rows, provenance});
    const seeds = new Set(rows.map(({seed}) => seed)).size;
    const epochs = rows.map(row => row.epochs).filter(count => count > 0);
    const [least, most] = [Math.min(...epochs), Math.max(...epochs)];
    const sources = papers.map(paper => paper.replace(/ (\S+)$/, ', [arXiv:$1](https://arxiv.org/abs/$1)')).join('; ');
    return [
      `\`${name}\``,
      sources,
      dial,
      data,
      `${trainings} (${seeds} seeds)`,
      least === most ? String(least) : `${least} to ${most}`,
      (minutes / trainings).toFixed(1),
      (minutes / 60).toFixed(1),
      (100 * decided(defaultRows(name), command(name).settingText)).toFixed(1),
    ];
  });
  return markdownTable(
    [
      'study',
      'paper',
      'dial',
      'data set',
      'runs',
      'epochs',
      'minutes a run, one core',
      'core hours',
      'decides, points',
    ],
    lines,
  );
}
