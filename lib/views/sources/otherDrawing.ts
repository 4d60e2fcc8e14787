// The same emoji as two hands drew it: what the drawings share is what they show, and little of how
// it is drawn. The dial after Tian et al. 2020, "What Makes for Good Views for Contrastive
// Learning?", arXiv:2005.10243: views that share the label, and less and less besides.

import {check} from '../../check';
import type {LoadedDataset, Splits} from '../../datasets/dataset';
import type {DrawnEmoji} from '../../datasets/emoji/drawnEmoji';
import {imageSource} from './imageSource';
import {fold, split as splitKey, uniform} from '../../engine/random';
import {tf} from '../../engine/tf';
import type {Key, Source} from '../../module';
import type {Recipe} from '../recipe';
import type {TwoViews} from './twoViews';

/** Options of {@link otherDrawing}. */
export interface OtherDrawingOptions {
  dataset: LoadedDataset & Pick<DrawnEmoji, 'emojiOf' | 'drawings' | 'hands'>;
  /** Whose emoji; all drawings of each must be in it. @default 'pretrain' */
  split?: keyof Splits;
  /**
   * The dial: share of pairs drawn by two different hands, 0 to 1; the other pairs are one drawing
   * twice.
   * @default 1
   */
  share?: number;
  recipe: Recipe;
}

/**
 * A sample is an emoji: each once an epoch, so that no other drawing of it is among a batch's
 * negatives. Both views' hands are drawn evenly, whatever the share, and of a hand's drawings each
 * is as likely; two drawings of one hand are never a pair. `index` is the emoji's place among those
 * of the split.
 *
 * @throws RangeError when the share is outside 0 to 1, the split is empty, an emoji of it lacks a
 * drawing, or all drawings are by one hand.
 */
export function otherDrawing({dataset, split = 'pretrain', share = 1, recipe}: OtherDrawingOptions): Source<TwoViews> {
  check(share >= 0 && share <= 1, 'otherDrawing', `expected a share of pairs from 0 to 1, got ${share}`);
  const {emojiOf, drawings, hands, splits, name} = dataset;
  const handOf = new Map(Array.from(drawings, (drawing, i) => [drawing, hands[i]!]));
  const byHand = [...new Set(handOf.values())].map(hand =>
    [...handOf].filter(([, own]) => own === hand).map(([drawing]) => drawing),
  );
  check(byHand.length >= 2, 'otherDrawing', `expected drawings by at least 2 hands in ${name}, got ${byHand.length}`);
  // of the image in the split, by emoji and drawing
  const places = new Map<number, Map<number, number>>();
  splits[split].forEach((image, place) =>
    places.set(
      emojiOf[image]!,
      (places.get(emojiOf[image]!) ?? new Map<number, number>()).set(drawings[image]!, place),
    ),
  );
  const torn = [...places].find(([, own]) => own.size < handOf.size);
  check(
    torn === undefined,
    'otherDrawing',
    `expected all ${handOf.size} drawings of each emoji in the split '${split}' of ${name}, got ` +
      `${torn?.[1].size} of emoji ${torn?.[0]}; choose whole emoji`,
  );
  // the step alone knows which images it needs
  const images = imageSource({dataset, split, deviceBytes: Infinity});
  const most = Math.max(...byHand.map(({length}) => length));
  const table = tf.tensor3d(
    [...places.values()].map(own =>
      byHand.map(drawn => Array.from({length: most}, (_, i) => own.get(drawn[i % drawn.length]!)!)),
    ),
    [places.size, byHand.length, most],
    'int32',
  );
  const counts = tf.tensor1d(
    byHand.map(({length}) => length),
    'int32',
  );
  /** Whole numbers from 0 to below `limit`, drawn evenly, one for each row. */
  const below = (key: Key, limit: tf.Tensor1D) =>
    tf.minimum(
      uniform(key, [limit.shape[0]]).mul(limit).floor().cast('int32'),
      limit.sub(tf.scalar(1, 'int32')),
    ) as tf.Tensor1D;
  return {
    size: places.size,
    holds: {...images.holds, table, counts},
    batch: (index, key, inputs) =>
      tf.tidy(() => {
        const n = index.shape[0];
        const [one, step, firstOf, secondOf, different] = splitKey(fold(key, 'drawings'), 5);
        const all = tf.fill([n], byHand.length, 'int32') as tf.Tensor1D;
        const hand = below(one!, all);
        const other = hand
          .add(tf.scalar(1, 'int32'))
          .add(below(step!, all.sub(tf.scalar(1, 'int32'))))
          .mod(all) as tf.Tensor1D;
        const placeOf = (of: tf.Tensor1D, drawn: Key) => {
          const row = index.mul(tf.scalar(byHand.length, 'int32')).add(of).mul(tf.scalar(most, 'int32'));
          return table.reshape([-1]).gather(row.add(below(drawn, counts.gather(of))) as tf.Tensor1D) as tf.Tensor1D;
        };
        const first = placeOf(hand, firstOf!);
        const second = tf.where(uniform(different!, [n]).less(share), placeOf(other, secondOf!), first);
        const [a, b] = splitKey(key, 2);
        return {
          first: recipe.first(images.batch(first, key, inputs), a!),
          second: recipe.second(images.batch(second, key, inputs), b!),
          index: index.clone(),
        };
      }),
    dispose() {
      images.dispose();
      tf.dispose([table, counts]);
    },
  };
}
