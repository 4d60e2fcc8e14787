// Reporter of node:test for setup/test.mjs: one JSON line for each test that ended, failures with
// their text.

import {inspect} from 'node:util';

/**
 * An event of node:test, as far as it is read here.
 *
 * @typedef {object} Told
 * @property {string} name
 * @property {number} nesting
 * @property {{type?: string, error?: Error & {failureType?: string, cause?: unknown}}} [details]
 * @property {boolean | string} [skip]
 * @property {boolean | string} [todo]
 */

/** @param {AsyncIterable<{type: string, data: Told}>} events */
export default async function* reporter(events) {
  /** @type {string[]} */
  const open = []; // names of the tests and suites around the current one
  for await (const {type, data} of events) {
    if (type === 'test:start') {
      open.length = data.nesting;
      open.push(data.name);
    }
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const error = data.details?.error;
    const isSuite = data.details?.type === 'suite';
    // what is inside is told one by one
    if ((isSuite && type === 'test:pass') || error?.failureType === 'subtestsFailed') continue;
    const run = type === 'test:pass' ? 'passed' : 'failed';
    const outcome = data.skip !== undefined || data.todo !== undefined ? 'skipped' : run;
    const name = [...open.slice(0, data.nesting), data.name].join(' › ');
    yield `${JSON.stringify({outcome, name, ...(outcome === 'failed' ? {text: textOf(error)} : {})})}\n`;
  }
}

/**
 * The error that the test threw, without the frames of Node's own files.
 * @param {(Error & {cause?: unknown}) | undefined} error
 */
function textOf(error) {
  return thrownText(error?.cause ?? error)
    .split('\n')
    .filter(line => !/^\s+at .*\(?node:/.test(line))
    .join('\n');
}

/** @param {unknown} thrown */
function thrownText(thrown) {
  if (thrown instanceof Error) return thrown.stack ?? thrown.message;
  return typeof thrown === 'string' ? thrown : inspect(thrown);
}
