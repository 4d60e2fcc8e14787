import assert from 'node:assert/strict';
import {test} from 'node:test';
import {table} from '../../lib/notebook/table';

test('numbers stand right with as many digits as they deserve, words left', () => {
  const {text, html} = table([
    {name: 'a', seed: 0, accuracy: 0.44123, minutes: 12.5, small: 0.000012},
    {name: 'long name', seed: 10, accuracy: 0.5, minutes: 8, small: 0},
  ]);
  assert.equal(
    text,
    [
      'name       seed  accuracy  minutes    small',
      'a             0    0.4412     12.5  1.20e-5',
      'long name    10    0.5000      8.0        0',
    ].join('\n'),
  );
  assert.match(html, /<td style="text-align:left">long name<\/td><td style="text-align:right">10<\/td>/);
});

test('records inside rows become dotted columns; lists are counted; what is missing is a dash', () => {
  assert.equal(
    table([{last: {knn: 1}, list: [1, 2]}, {last: {knn: null}}]).text,
    'last.knn  list\n       1  2 values\n       –  –',
  );
});

test('columns, digits and a caption are chosen', () => {
  assert.equal(
    table([{a: 1.23456, b: -2.5}], {columns: ['b', 'a'], digits: 2, caption: 'Two'}).text,
    'Two\n    b     a\n−2.50  1.23',
  );
  assert.throws(
    () => table([{a: 1}], {columns: ['b']}),
    /^RangeError: table: expected a column of the rows \(a\), got "b"/,
  );
});

test("danfojs' frames and series", () => {
  assert.equal(
    table({
      columns: ['a', 'b'],
      values: [
        [1, 'x'],
        [2, 'y'],
      ],
      index: [0, 1],
    }).text,
    'a  b\n1  x\n2  y',
  );
  assert.equal(
    table({columns: ['a'], values: [1.5, 2], index: ['mean', 'std']}).text,
    '        a\nmean  1.5\nstd   2.0',
  );
});

test('many rows are cut and counted; text is escaped', () => {
  assert.match(table(Array.from({length: 70}, (_, i) => ({i}))).text, /\n59\n… and 10 more rows$/);
  assert.match(table([{a: '<b>&'}]).html, /&lt;b&gt;&amp;/);
});
