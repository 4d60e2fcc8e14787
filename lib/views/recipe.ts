// What a recipe is: the two views that a paper makes of an image.

import type {NormalizeOptions} from './normalize';
import type {View} from './view';

/** The same view twice where a paper does not tell them apart: each is drawn with a key of its own. Both end with {@link normalize}. */
export interface Recipe {
  first: View;
  second: View;
}

export interface RecipeOptions extends NormalizeOptions {
  /** Side of the views in pixels. */
  size: number;
  /** Smallest and largest share of an image that a view shows. */
  area?: readonly [minimum: number, maximum: number];
}
