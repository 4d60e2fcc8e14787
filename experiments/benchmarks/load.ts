// How much of the processors other programs take while one is measured, as Linux counts it.

import fs from 'node:fs';
import {setTimeout as pause} from 'node:timers/promises';

/**
 * Processor time since the machine started, in the system's ticks: what could be used, what was
 * used, and what groups of processes used of that.
 */
type Ticks = {all: number; busy: number; groups: number};

/** Share of all processors that others may take of a machine that still counts as quiet. */
export const QUIET = 0.05;

/** @param groups Numbers of process groups. @returns null where the system does not tell. */
function ticks(groups: readonly number[]): Ticks | null {
  if (!fs.existsSync('/proc/stat')) return null;
  const [user, nice, system, idle, wait, irq, softirq, steal] = fs
    .readFileSync('/proc/stat', 'utf8')
    .split('\n')[0]!
    .split(/\s+/)
    .slice(1)
    .map(Number) as [number, number, number, number, number, number, number, number];
  const busy = user + nice + system + irq + softirq + steal;
  return {all: busy + idle + wait, busy, groups: groupTicks(groups)};
}

function groupTicks(groups: readonly number[]): number {
  let sum = 0;
  for (const entry of groups.length > 0 ? fs.readdirSync('/proc') : []) {
    if (!/^\d+$/.test(entry)) continue;
    const stat = read(`/proc/${entry}/stat`);
    const fields = stat
      ?.slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number); // the name before it may hold anything
    if (fields && groups.includes(fields[2]!)) sum += fields[11]! + fields[12]!;
  }
  return sum;
}

function read(file: string): string | null {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return null; // the process is gone
  }
}

/**
 * The process group that this process is of, alone in a list; an empty one where the system does
 * not tell.
 */
export function ownGroup(): number[] {
  const stat = read('/proc/self/stat');
  return stat === null ? [] : [Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2])];
}

/**
 * Starts to watch.
 * @returns A function that tells the share of all processors, 0 to 1, that others took since then;
 * null where the system does not tell.
 */
export function others(groups: readonly number[]): () => number | null {
  const before = ticks(groups);
  return () => {
    const now = ticks(groups);
    if (!before || !now || now.all === before.all) return null;
    return Math.max(0, now.busy - before.busy - (now.groups - before.groups)) / (now.all - before.all);
  };
}

/**
 * Waits until nothing else runs, at most so long.
 * @returns How long it waited beyond one look, in seconds.
 */
export async function quiet(patienceSeconds: number, allowed = QUIET): Promise<number> {
  const start = performance.now();
  const waited = () => (performance.now() - start) / 1000;
  while (waited() < patienceSeconds) {
    const before = waited();
    const share = others([]);
    await pause(300);
    if ((share() ?? 0) <= allowed) return before;
  }
  return waited();
}

/** Largest resident memory that a process had, in bytes; null where the system does not tell. */
export function peakBytes(pid: number): number | null {
  const peak = read(`/proc/${pid}/status`)?.match(/^VmHWM:\s+(\d+) kB$/m);
  return peak ? 1024 * Number(peak[1]) : null;
}

/** Resident memory of a process now, in bytes; null where the system does not tell. */
export function residentBytes(pid: number): number | null {
  const resident = read(`/proc/${pid}/status`)?.match(/^VmRSS:\s+(\d+) kB$/m);
  return resident ? 1024 * Number(resident[1]) : null;
}
