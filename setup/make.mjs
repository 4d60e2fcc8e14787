// Runs the steps that are not done yet, each after those it needs, side by side where it may.

/**
 * What a step that runs may use: it tells how far it is, and hears when it is to end.
 *
 * @typedef {{say: (text: string) => void, signal: AbortSignal}} Tools
 *
 * @typedef {object} Step
 * @property {string} name File name of its stamp.
 * @property {string} title What the user reads.
 * @property {string[]} after Names of the steps that it needs.
 * @property {() => string} key Digest of what it depends on, read when the steps before it are
 * done.
 * @property {() => boolean} there Whether what it makes exists: a stamp alone is no proof.
 * @property {(tools: Tools) => Promise<string>} run Does it again from the start; returns what to
 * print, for example a size.
 */

/**
 * Whether a step must run: its result or its stamp is missing, or it was made for other inputs.
 *
 * @param {Step} step
 * @param {Pick<import('./stamps.mjs').Stamps, 'read'>} stamps
 */
export const stale = (step, stamps) => !step.there() || stamps.read(step.name)?.key !== step.key();

/**
 * Makes the goals. A step that no goal asks for runs only when a stale step needs it.
 *
 * @param {Step[]} steps All steps, in any order.
 * @param {string[]} goals Names of the steps that must be done at the end.
 * @param {object} tools
 * @param {import('./stamps.mjs').Stamps} tools.stamps
 * @param {Pick<import('./progress.mjs').Progress, 'start' | 'say' | 'end' | 'stop'>} tools.progress
 * Is told what starts, goes on and ends.
 * @param {() => number} [tools.now]
 * @throws What the first failing step throws, after the others were ended. Failed and interrupted
 * steps leave no stamp.
 */
export async function make(steps, goals, {stamps, progress, now = () => performance.now()}) {
  const byName = new Map(steps.map(step => [step.name, step]));
  const controller = new AbortController();
  /** @type {Map<string, Promise<void>>} */
  const begun = new Map();

  /** @param {string} name @returns {Promise<void>} */
  const done = name => {
    const step = byName.get(name);
    if (!step) throw new Error(`no step ${name}`);
    const promise = begun.get(name) ?? perform(step);
    begun.set(name, promise);
    return promise;
  };
  /** @param {Step} step */
  async function perform(step) {
    const wanted = stale(step, stamps) ? step.after : step.after.filter(name => goals.includes(name));
    await Promise.all(wanted.map(done));
    if (controller.signal.aborted || !stale(step, stamps)) return;
    stamps.clear(step.name);
    const start = now();
    progress.start(step);
    const result = await step.run({say: text => progress.say(step, text), signal: controller.signal});
    if (!step.there()) throw new Error(`${step.title}: its program ended well, but what it makes is not there`);
    const seconds = (now() - start) / 1000;
    stamps.write(step.name, {key: step.key(), seconds: Math.round(seconds * 10) / 10});
    progress.end(step, seconds, result);
  }

  const all = goals.map(done);
  try {
    await Promise.all(all);
  } catch (error) {
    controller.abort();
    progress.stop();
    await Promise.allSettled([...begun.values()]);
    throw error;
  }
  progress.stop();
}
