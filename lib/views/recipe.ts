// What a recipe is: the two views, or the crops, that a paper makes of an image.

import {whole} from '../check';
import type {NormalizeOptions} from './normalize';
import type {View} from './view';

/**
 * The same view twice where a paper does not tell them apart: each is drawn with a key of its own.
 * Both end with {@link normalize}.
 */
export interface Recipe {
  first: View;
  second: View;
}

/**
 * Global crops show much of an image, local ones a small part of it in fewer pixels. Each is drawn
 * with a key of its own and ends with {@link normalize}.
 */
export interface MultiCropRecipe {
  global: readonly View[];
  /** None: the global crops alone. */
  local: readonly View[];
}

/** Smallest and largest share of an image that a view shows. */
export type Area = readonly [minimum: number, maximum: number];

/**
 * What every recipe of views needs: the size of a view, and mean and deviation to normalize with.
 */
export interface RecipeOptions extends NormalizeOptions {
  /** Side of the views in pixels. */
  size: number;
  area?: Area;
}

/** Options of {@link localCrops}. */
export interface LocalCropOptions {
  /** Local crops of each image; 0 leaves the global ones alone. */
  count?: number;
  /** Side of a local crop in pixels. @default 96/224 of the global crops', the paper's */
  size?: number;
  area?: Area;
}

/** @param size Side of the global crops. @param usual What the paper has. */
export function localCrops(
  size: number,
  usual: {count: number; area: Area},
  local: LocalCropOptions = {},
): Required<LocalCropOptions> {
  const {count = usual.count, size: side = Math.max(1, Math.round((size * 96) / 224)), area = usual.area} = local;
  whole('localCrops', 'count', count, 0);
  return {count, size: side, area};
}
