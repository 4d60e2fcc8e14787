import assert from 'node:assert/strict';
import {test} from 'node:test';
import {viewDialFigure} from '../../../lib/studies/views/dialFigure';
import {baselineRows, viewRows} from '../../figures/sample';
import {isSound, matchesSnapshot} from '../../figures/snapshot';

test('information twice and each accuracy over the dial, with what is not trained', () => {
  const figure = viewDialFigure(viewRows, {baselines: baselineRows});
  isSound(figure);
  matchesSnapshot(figure, __dirname, 'dialFigure');
});

test('means stand where the dial does; a dial that begins at 0 has a linear axis', () => {
  const {data, layout, alt} = viewDialFigure(viewRows);
  const curves = data as unknown as {name: string; y: number[]}[];
  assert.deepEqual(
    curves.find(({name}) => name === 'I_NCE')!.y.map(value => value.toFixed(2)),
    ['0.13', '0.25', '1.65', '4.05'],
  );
  assert.deepEqual(
    curves.find(({name}) => name === 'Donsker-Varadhan')!.y.map(value => value.toFixed(2)),
    ['0.08', '0.21', '1.68', '4.20'],
  );
  assert.equal((layout.xaxis as {type: string}).type, 'log');
  assert.match(alt, /linear probe, made-up \(%\): crop 0\.02: 38\.7 %/);
  assert.equal(
    (
      viewDialFigure(viewRows.map(row => ({...row, dial: 'strength', value: row.value === 0.02 ? 0 : row.value})))
        .layout.xaxis as {type: string}
    ).type,
    'linear',
  );
});

test('one seed shows no spread; dials are not mixed', () => {
  isSound(viewDialFigure(viewRows.filter(({seed}) => seed === 0)));
  assert.throws(
    () => viewDialFigure([{...viewRows[0]!, dial: 'strength'}, ...viewRows.slice(1)]),
    /expected rows of one dial/,
  );
  assert.throws(() => viewDialFigure([]), /expected at least one row, got none/);
});

test('below the probe, each setting against the middle one, image by image, or against another that is named', () => {
  const differences = (figure: ReturnType<typeof viewDialFigure>) =>
    (figure.data as unknown as {name: string; x: number[]; y: number[]}[]).find(({name}) =>
      name.startsWith('difference'),
    )!;
  const {name, x, y} = differences(viewDialFigure(viewRows));
  assert.deepEqual([name, x], ['difference to crop 0.4', [0.02, 0.05, 1]]);
  assert.ok(Math.max(...y) < 0, String(y)); // the sample is best at 0.4
  assert.deepEqual(differences(viewDialFigure(viewRows, {reference: 1})).x, [0.02, 0.05, 0.4]);
  assert.match(viewDialFigure(viewRows).alt, /Linear probe: Difference to crop 0\.4 in points: crop 0\.02 −/);
});
