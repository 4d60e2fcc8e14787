import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {sidesOf} from '../../lib/datasets/sides';

const shares = {validation: 0.1, test: 0.2};

test('families keep together, and a stratum with three families is on every side, however large they are', () => {
  const sizes = fc.array(fc.integer({min: 1, max: 30}), {minLength: 1, maxLength: 12});
  fc.assert(
    fc.property(fc.array(sizes, {minLength: 1, maxLength: 3}), fc.string(), (strata, seed) => {
      const samples = strata.flatMap((families, s) =>
        families.flatMap((size, f) => Array.from({length: size}, () => ({stratum: String(s), family: `${s}/${f}`}))),
      );
      const sides = sidesOf(
        samples.map(({family}) => family),
        samples.map(({stratum}) => stratum),
        {shares, seed},
      );
      strata.forEach((families, s) => {
        const sidesHere = Array.from(
          families.keys(),
          f => new Set(sides.filter((_, i) => samples[i]!.family === `${s}/${f}`)),
        );
        assert.ok(sidesHere.every(own => own.size === 1));
        assert.equal(new Set(sidesHere.flatMap(own => [...own])).size, Math.min(families.length, 3));
      });
    }),
  );
});

test('the shares of single samples are met', () => {
  const names = Array.from({length: 1000}, (_, i) => String(i));
  const sides = sidesOf(
    names,
    names.map(() => 'all'),
    {shares, seed: 'a'},
  );
  const count = (side: string) => sides.filter(other => other === side).length;
  assert.deepEqual([count('train'), count('validation'), count('test')], [700, 100, 200]);
  assert.ok(
    sidesOf(
      names,
      names.map(() => 'all'),
      {shares: {validation: 0, test: 0}, seed: 'a'},
    ).every(side => side === 'train'),
  );
});

test('the same seed gives the same split, another seed another, and a new sample moves few', () => {
  const names = Array.from({length: 500}, (_, i) => String(i));
  const split = (samples: string[], seed: string) =>
    sidesOf(
      samples,
      samples.map(() => 'all'),
      {shares, seed},
    );
  const sides = split(names, 'a');
  assert.deepEqual(split(names, 'a'), sides);
  assert.deepEqual(
    new Map(names.toReversed().map((name, i) => [name, split(names.toReversed(), 'a')[i]])),
    new Map(names.map((name, i) => [name, sides[i]]).toReversed() as [string, 'train'][]),
  );
  assert.notDeepEqual(split(names, 'b'), sides);
  const moved = split([...names, 'new'], 'a').filter((side, i) => i < 500 && side !== sides[i]).length;
  assert.ok(moved <= 3, `${moved} moved`);
});
