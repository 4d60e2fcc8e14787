import assert from 'node:assert/strict';
import {test} from 'node:test';
import {illness} from '../../../lib/studies/methods/illness';
import type {MethodSettings} from '../../../lib/methods/catalogue';
import {trainingDefaults} from '../../../lib/study/trainingSettings';

/** The course of three epochs that end with this one. */
const said = (method: MethodSettings, end: Record<string, number> & {loss: number}, options?: {images?: number}) =>
  illness(
    {
      course: [{loss: 99, collapse: 0.01}, {loss: 98, collapse: 0.01}, end],
      settings: {...trainingDefaults, batch: 64, method},
    },
    options,
  );

test("the last epoch is judged, by what the method's loss is worth", () => {
  const sound = {collapse: 0.9, dimensions: 8};
  assert.equal(said({method: 'simclr'}, {loss: 4, ...sound}), '');
  assert.match(
    said({method: 'simclr'}, {loss: Math.log(127), ...sound}),
    /^The loss 4\.84 has not come down from 4\.84, chance/,
  );
  assert.equal(said({method: 'mocoV3', options: {temperature: 0.5}}, {loss: 4.84, ...sound}), '');
  assert.match(
    said({method: 'mocoV3', options: {temperature: 0.5}}, {loss: 2 * Math.log(64), ...sound}),
    /not come down from 8\.32, chance/,
  );
  assert.match(
    said({method: 'simsiam'}, {loss: -1, collapse: 0.02, dimensions: 9}),
    /^Collapse: all projections are nearly alike/,
  );
  assert.match(
    said(
      {method: 'dino', options: {prototypes: 100}},
      {loss: 4.6, collapse: 0.4, dimensions: 2, assignmentEntropy: 0.8, prototypesUsed: 0.9},
    ),
    /not come down from 4\.61, chance \(reachable: about 3\.68\)/,
  );
  assert.equal(
    said(
      {method: 'dino', options: {prototypes: 1000}},
      {loss: 4.6, collapse: 0.4, dimensions: 2, assignmentEntropy: 0.5, prototypesUsed: 0.9},
    ),
    '',
  );
});

test('the number of images says whether training was long enough, and what a loss over all of them is worth', () => {
  const collapsed = {loss: -1, collapse: 0.02, dimensions: 9};
  assert.equal(said({method: 'simsiam'}, collapsed, {images: 1000}), '');
  assert.match(said({method: 'simsiam'}, collapsed, {images: 1100}), /^Collapse/);
  const stuck = {loss: Math.log(6400), collapse: 0.9, dimensions: 8};
  assert.equal(said({method: 'instanceDiscrimination'}, stuck), '');
  assert.match(said({method: 'instanceDiscrimination'}, stuck, {images: 6400}), /^The loss 8\.76 has not come down/);
});

test('a supervised run has no projections to judge', () => assert.equal(said({method: 'supervised'}, {loss: 0.3}), ''));
