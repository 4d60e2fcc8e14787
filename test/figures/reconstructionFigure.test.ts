import assert from 'node:assert/strict';
import {test} from 'node:test';
import {reconstructionFigure} from '../../lib/figures/reconstructionFigure';
import type {ReconstructionPictures} from '../../lib/figures/reconstructionPictures';
import {picture} from './sample';
import {isSound, matchesSnapshot} from './snapshot';

/** Two images; the pictures at a ratio are told apart by their heights. */
const at = (ratio: number, names = ['cat', 'dog']): ReconstructionPictures => {
  const of = (height: number) => names.map(name => ({...picture(name), height}));
  return {ratio, original: of(1), masked: of(2 + ratio), reconstruction: of(3 + ratio), pasted: of(4 + ratio)};
};
type Shown = {visible: boolean; sizex: number; sizey: number};

test('a row an image, a slider over ratios in their order', () => {
  const figure = reconstructionFigure([at(0.75), at(0.5), at(0.9)], {
    title: 'What MAE makes of it',
    ownStatistics: true,
    credits: ['somebody'],
  });
  isSound(figure);
  matchesSnapshot(figure, __dirname, 'reconstructionFigure');
});

test('each step of the slider shows the originals and the pictures of its ratio, and hides the others', () => {
  const {layout} = reconstructionFigure([at(0.5), at(0.75), at(0.9)]);
  const images = layout.images as unknown as Shown[];
  assert.equal(images.length, 2 + 3 * 6);
  const [slider] = layout.sliders as unknown as [
    {active: number; steps: {label: string; args: [Record<string, boolean>]}[]},
  ];
  assert.deepEqual([slider.active, slider.steps.map(({label}) => label)], [1, ['50 %', '75 %', '90 %']]);
  // the height that the picture was given
  const kind = ({sizex, sizey}: Shown) => Math.round((1000 * sizey) / sizex) / 1000;
  for (const [i, ratio] of [0.5, 0.75, 0.9].entries()) {
    const shown = images.filter((_, k) => slider.steps[i]!.args[0][`images[${k}].visible`]).map(kind);
    assert.deepEqual(shown.sort(), [1, 1, ...[2, 2, 3, 3, 4, 4].map(height => height + ratio)]);
    assert.equal(Object.keys(slider.steps[i]!.args[0]).length, images.length);
  }
  assert.deepEqual(
    images.map(({visible}) => visible),
    images.map((_, k) => slider.steps[1]!.args[0][`images[${k}].visible`]),
  );
});

test('one ratio needs no slider; another one than the middle is shown where it is asked for', () => {
  const alone = reconstructionFigure([at(0.75)]);
  isSound(alone);
  assert.equal(alone.layout.sliders, undefined);
  assert.match(alone.caption, /, 75 % of the patches masked\.$/);
  const {layout} = reconstructionFigure([at(0.5), at(0.75)], {ratio: 0.5});
  assert.equal((layout.sliders as unknown as [{active: number}])[0].active, 0);
});

test('no pictures, a ratio twice, another number of images and an unknown ratio are refused', () => {
  assert.throws(
    () => reconstructionFigure([]),
    /^RangeError: reconstructionFigure: expected pictures at one ratio at least, got none$/,
  );
  assert.throws(
    () => reconstructionFigure([at(0.5), at(0.5)]),
    /^RangeError: reconstructionFigure: expected different ratios, got 0.5, 0.5$/,
  );
  assert.throws(
    () => reconstructionFigure([at(0.5), at(0.75, ['cat'])]),
    /^RangeError: reconstructionFigure: expected 2 pictures of each kind, got 1 of "original" at 0.75$/,
  );
  assert.throws(
    () => reconstructionFigure([at(0.5)], {ratio: 0.6}),
    /^RangeError: reconstructionFigure: expected one of the ratios 0.5 to show, got 0.6$/,
  );
});
