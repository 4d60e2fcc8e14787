import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {sidesOf} from '../../lib/datasets/sides';

const shares = {validation: 0.1, test: 0.2};

test('families keep together, and a stratum with three families is on every side', () => {
  const families = fc.array(fc.tuple(fc.integer({min: 0, max: 30}), fc.integer({min: 0, max: 2})), {minLength: 1, maxLength: 200});
  fc.assert(fc.property(families, fc.string(), (samples, seed) => {
    const names = samples.map(([family, stratum]) => `${stratum}/${family}`);
    const strata = samples.map(([, stratum]) => String(stratum));
    const sides = sidesOf(names, strata, {shares, seed});
    const sideOf = new Map(names.map((name, i) => [name, sides[i]]));
    names.forEach((name, i) => assert.equal(sides[i], sideOf.get(name)));
    for (const stratum of new Set(strata)) {
      const here = [...sideOf].filter(([name]) => name.startsWith(`${stratum}/`));
      assert.equal(new Set(here.map(([, side]) => side)).size, Math.min(here.length, 3), JSON.stringify(here));
    }
  }));
});

test('the shares of single samples are met', () => {
  const names = Array.from({length: 1000}, (_, i) => String(i));
  const sides = sidesOf(names, names.map(() => 'all'), {shares, seed: 'a'});
  const count = (side: string) => sides.filter(other => other === side).length;
  assert.deepEqual([count('train'), count('validation'), count('test')], [700, 100, 200]);
  assert.ok(sidesOf(names, names.map(() => 'all'), {shares: {validation: 0, test: 0}, seed: 'a'}).every(side => side === 'train'));
});

test('the same seed gives the same split, another seed another, and a new sample moves few', () => {
  const names = Array.from({length: 500}, (_, i) => String(i));
  const split = (names: string[], seed: string) => sidesOf(names, names.map(() => 'all'), {shares, seed});
  const sides = split(names, 'a');
  assert.deepEqual(split(names, 'a'), sides);
  assert.deepEqual(new Map(names.toReversed().map((name, i) => [name, split(names.toReversed(), 'a')[i]])), new Map(names.map((name, i) => [name, sides[i]]).toReversed() as [string, 'train'][]));
  assert.notDeepEqual(split(names, 'b'), sides);
  const moved = split([...names, 'new'], 'a').filter((side, i) => i < 500 && side !== sides[i]).length;
  assert.ok(moved <= 3, `${moved} moved`);
});
