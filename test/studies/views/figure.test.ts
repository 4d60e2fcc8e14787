import assert from 'node:assert/strict';
import {test} from 'node:test';
import {goodViewsFigure} from '../../../lib/studies/views/figure';
import {baselineRows, viewRows} from '../../figures/sample';
import {isSound, matchesSnapshot} from '../../figures/snapshot';

test('accuracy over information, a panel each, with ceilings and what is not trained', () => {
  const figure = goodViewsFigure(viewRows, {baselines: baselineRows});
  isSound(figure);
  matchesSnapshot(figure, __dirname, 'figure');
});

test('means stand at mean information and accuracy; arrows lead up the dial; the verdict is that of the rows', () => {
  const {data, layout, caption, alt} = goodViewsFigure(viewRows);
  const [means] = data as unknown as {x: number[]; y: number[]}[];
  assert.deepEqual(
    means!.x.map(value => value.toFixed(2)),
    ['0.13', '0.25', '1.65', '4.05'],
  );
  assert.ok(Math.abs(means!.y[2]! - 43) < 1e-9);
  const arrows = (layout.annotations as {showarrow: boolean; ax: number; x: number}[]).filter(
    ({showarrow}) => showarrow,
  );
  assert.equal(arrows.length, 9);
  assert.ok(arrows.every(({ax, x}) => x > ax));
  assert.match(
    caption,
    /k-NN on the embedding, made-up: peak at 0\.4, above 0\.02 by 4\.3 \(4\.3 to 4\.3\), above 1 by 10\.8 \(10\.8 to 10\.8\); reverse U: yes/,
  );
  assert.match(alt, /crop 0\.4: 1\.65 nats, 43\.0 %/);
});

test('one seed shows no spread; other K, dials or data sets are not mixed', () => {
  isSound(goodViewsFigure(viewRows.filter(({seed}) => seed === 0)));
  const [first, ...rest] = viewRows;
  assert.throws(
    () => goodViewsFigure([{...first!, settings: {...first!.settings, candidates: 64}}, ...rest]),
    /expected rows of one K, τ and encoder/,
  );
  assert.throws(() => goodViewsFigure([{...first!, dial: 'strength'}, ...rest]), /expected rows of one dial/);
  assert.throws(() => goodViewsFigure([]), /expected at least one row, got none/);
});
