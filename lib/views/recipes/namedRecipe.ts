// A recipe as plain data: for the options that a run keeps.

import {check} from '../../check';
import type {Recipe} from '../recipe';
import {cropFlipViews} from './cropFlip';
import {mocoV1Views} from './mocoV1';
import {mocoV2Views} from './mocoV2';
import {simclrViews} from './simclr';

/**
 * SimCLR's views: strength of the color jitter, probability of blur, smallest and largest share of
 * the image that a crop shows, and side of the views as a share of the images', above 0 and at most
 * 1; largest share and side are 1 where they are not given. Smaller views are cheaper, and show what
 * they show about as large as the whole image does.
 */
export type SimclrSettings = {
  strength: number;
  blur: number;
  smallestArea: number;
  largestArea?: number;
  scale?: number;
};

/** A recipe of views as plain data. */
export type RecipeSettings =
  | ({recipe?: 'simclr'} & SimclrSettings)
  /** Those of MoCo's papers as they are. */
  | {recipe: 'mocoV1' | 'mocoV2'}
  /**
   * Smallest share of the image that a crop shows, and share of the crops that are mirrored, 0.5
   * where it is not given.
   */
  | {recipe: 'cropFlip'; smallestArea: number; flip?: number};

/**
 * SimCLR's with less jitter, without blur and with large crops: small crops of flat drawings show
 * plain color.
 */
export const recipeDefaults: SimclrSettings = {strength: 0.5, blur: 0, smallestArea: 0.4};

export interface ViewedImages {
  /** Height and width of the images are those of the views. */
  shape: readonly [n: number, h: number, w: number, c: number];
  mean: readonly number[];
  standardDeviation: readonly number[];
}

/**
 * Pixels of a side of the views of images of `size`, at least one.
 * @throws RangeError for a scale out of its range.
 */
export function sideOfViews({scale = 1}: Pick<SimclrSettings, 'scale'>, size: number): number {
  check(scale > 0 && scale <= 1, 'sideOfViews', `expected a scale above 0 and at most 1, got ${scale}`);
  return Math.max(1, Math.round(scale * size));
}

/** @throws RangeError for a recipe that there is not, or a scale out of its range. */
export function namedRecipe(
  settings: RecipeSettings,
  {shape: [, size], mean, standardDeviation}: ViewedImages,
): Recipe {
  const looks = {size, mean, standardDeviation};
  switch (settings.recipe) {
    case undefined:
    case 'simclr': {
      const {strength, blur, smallestArea, largestArea = 1} = settings;
      return simclrViews({
        ...looks,
        size: sideOfViews(settings, size),
        strength,
        blur,
        area: [smallestArea, largestArea],
      });
    }
    case 'mocoV1':
      return mocoV1Views(looks);
    case 'mocoV2':
      return mocoV2Views(looks);
    case 'cropFlip':
      return cropFlipViews({...looks, area: [settings.smallestArea, 1], flip: settings.flip});
    default:
      settings satisfies never;
      check(
        false,
        'namedRecipe',
        `expected simclr, mocoV1, mocoV2 or cropFlip, got '${(settings as {recipe: string}).recipe}'`,
      );
  }
}
