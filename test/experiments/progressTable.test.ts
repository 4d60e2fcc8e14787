import assert from 'node:assert/strict';
import {test} from 'node:test';
import {progressTable} from '../../experiments/progressTable';
import {trainingEvents} from '../figures/sample';

/**
 * What is on the screen after all that was written to it: lines, with the cursor moved up and all
 * below it cleared.
 */
function screen(isTTY: boolean, columns = 100) {
  let lines = [''];
  return {
    isTTY,
    columns,
    get lines() {
      return lines;
    },
    write(text: string) {
      for (const part of text.split(/(\x1b\[\d+A\x1b\[J)/)) {
        const up = part.match(/^\x1b\[(\d+)A/);
        if (up) lines = [...lines.slice(0, lines.length - 1 - Number(up[1])), ''];
        else part.split('\n').forEach((line, i) => (i === 0 ? (lines[lines.length - 1] += line) : lines.push(line)));
      }
    },
  };
}

const [one, two] = trainingEvents(2, 40);
const of = (index: number, done = 0) => ({index, runs: 4, done, lost: [], temperature: index / 10, seed: 0});
const waited = () => new Promise(resolve => setTimeout(resolve, 210));

test('on a terminal: a table that is redrawn in place, below the lines that stay', async () => {
  const terminal = screen(true);
  const {step, done} = progressTable(terminal);
  done('chance');
  step(one!, of(0));
  await waited();
  step(one!, of(1));
  const table = (rows: string[]) => ['run          temperature  seed  epoch   loss  images/s  left', ...rows];
  assert.deepEqual(terminal.lines, [
    'chance',
    ...table([
      '1 of 4               0.0     0  1 of 4     6       250  –',
      '2 of 4               0.1     0  1 of 4     6       250  –',
      '0 of 4 done            –     –  –          –       500  –',
    ]),
    '',
  ]);
  done('a row');
  assert.deepEqual(terminal.lines, ['chance', 'a row', '']);
  step(two!, of(1, 1));
  assert.equal(terminal.lines.length, 2 + 4 + 1);
  assert.match(terminal.lines.at(-2)!, /^1 of 4 done +– +– +– +– +500 +\d+ s$/);
});

test('a narrow terminal cuts lines, so that none wraps', () => {
  const terminal = screen(true, 30);
  progressTable(terminal).step(one!, of(0));
  assert.deepEqual([...new Set(terminal.lines.map(({length}) => length))].sort((a, b) => a - b).at(-1), 29);
});

test('in a file: plain lines, once and then every half minute', async t => {
  const file = screen(false);
  const {step, done} = progressTable(file);
  let now = performance.now();
  t.mock.method(performance, 'now', () => now);
  step(one!, of(0));
  now += 29_000;
  step(one!, of(1));
  assert.deepEqual(file.lines.length, 2);
  now += 2000;
  step(two!, of(1));
  done('a row');
  assert.deepEqual(file.lines, [
    'run 1 of 4, temperature 0, seed 0, step 1 of 40, epoch 1 of 4, loss 6.000, 250 images/s, 0 s so far',
    // 39 + 38 + 2 · 40 steps, of two trainings with a step in 2 s
    '0 of 4 runs done, 500 images/s, about 2 min 37 s left, 31 s so far',
    '  run 1 of 4, temperature 0, seed 0, step 1 of 40, epoch 1 of 4, loss 6.000, 250 images/s',
    '  run 2 of 4, temperature 0.1, seed 0, step 2 of 40, epoch 1 of 4, loss 5.307, 250 images/s, about ' +
      '1 min 16 s left',
    'a row',
    '',
  ]);
});
