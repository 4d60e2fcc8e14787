// Two frames of one video, some time apart: near ones share almost all they show, far ones what
// stays in the scene. Sermanet et al. 2018, "Time-Contrastive Networks: Self-Supervised Learning
// from Video", arXiv:1704.06888; the distance as a dial after Tian et al. 2020, arXiv:2005.10243.

import {check} from '../../check';
import type {Splits} from '../../datasets/dataset';
import {imageSource} from './imageSource';
import type {VideoFrames} from '../../datasets/videoFrames';
import {split as splitKey} from '../../engine/random';
import {tf} from '../../engine/tf';
import type {Source} from '../../module';
import type {Recipe} from '../recipe';
import type {TwoViews} from './twoViews';

/** Options of {@link frameDistance}. */
export interface FrameDistanceOptions {
  dataset: VideoFrames;
  /** Whose videos. @default 'pretrain' */
  split?: keyof Splits;
  /**
   * The dial: frames from the first view to the second, a whole number from 0, the same frame
   * twice.
   */
  distance: number;
  recipe: Recipe;
}

/**
 * A sample is a frame that has one `distance` later in its video: `first` shows it, `second` the
 * later one. `index` is the sample's number.
 *
 * @throws RangeError when the split is empty, or a video of it is too short for the distance.
 */
export function frameDistance({dataset, split = 'pretrain', distance, recipe}: FrameDistanceOptions): Source<TwoViews> {
  const {splits, families, videos, name} = dataset;
  check(
    Number.isInteger(distance) && distance >= 0,
    'frameDistance',
    `expected a distance in whole frames from 0, got ${distance}`,
  );
  const members = [...splits[split]];
  const short = [...new Set(members.map(image => videos[families[image]!]!))].find(({count}) => count <= distance);
  check(
    short === undefined,
    'frameDistance',
    `expected videos of at least ${distance + 1} frames for a distance of ${distance}, got ` +
      `${short?.count} of "${short?.name}" in ${name}; choose a smaller distance or leave such videos out`,
  );
  const places = new Map(members.map((image, place) => [image, place]));
  const later = (image: number) =>
    families[image + distance] === families[image] ? places.get(image + distance) : undefined;
  const starts = members.filter(image => later(image) !== undefined);
  // the step alone knows which frames it needs
  const images = imageSource({dataset, split, deviceBytes: Infinity});
  const table = tf.tensor2d(
    starts.map(image => [places.get(image)!, later(image)!]),
    [starts.length, 2],
    'int32',
  );
  return {
    size: starts.length,
    holds: {...images.holds, table},
    batch: (index, key, inputs) =>
      tf.tidy(() => {
        const [first, second] = tf.unstack(table.gather(index), 1) as [tf.Tensor1D, tf.Tensor1D];
        const [a, b] = splitKey(key, 2);
        return {
          first: recipe.first(images.batch(first, key, inputs), a!),
          second: recipe.second(images.batch(second, key, inputs), b!),
          index: index.clone(),
        };
      }),
    dispose() {
      images.dispose();
      table.dispose();
    },
  };
}
