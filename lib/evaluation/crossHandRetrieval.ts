// Which emoji another hand drew: whether features hold what is shown, and not how it is drawn.

import {check} from '../check';
import type {DrawnEmoji} from '../datasets/emoji/drawnEmoji';
import {tf} from '../engine/tf';
import {neighbors} from './neighbors';

/** One drawing's emoji looked up among those of a drawing by another hand. */
export type HandPair = {
  /** Numbers of the drawings. */
  query: number;
  gallery: number;
  /** Share of the queries whose nearest image shows the same emoji. */
  accuracy: number;
};

/** What {@link crossHandRetrieval} finds. */
export interface Retrieval {
  /** Share of all queries whose nearest image shows the same emoji, 0 to 1. */
  accuracy: number;
  /** What guessing would reach: the mean of 1 / size of the gallery. */
  chance: number;
  pairs: HandPair[];
  /** Of each query in the order of the pairs: its image, and whether it was found. */
  queries: Int32Array;
  hits: Uint8Array;
  protocol: string;
}

/**
 * Looks up each image among the images of every drawing by another hand: the one of greatest cosine
 * should show the same emoji. Of the drawn emoji, 28,134 queries among 1,563 each: a share of 20 %
 * is known to ±0.5 points. Two drawings of one hand are never compared, for they are copies with
 * other shading.
 *
 * @param features [n, d], a row for each image of the data set, of any length.
 * @throws RangeError when rows and images differ in number, or all drawings are by one hand; the
 * signal's reason.
 */
export async function crossHandRetrieval(
  features: tf.Tensor2D,
  {emojiOf, drawings, hands}: Pick<DrawnEmoji, 'emojiOf' | 'drawings' | 'hands'>,
  {signal}: {signal?: AbortSignal} = {},
): Promise<Retrieval> {
  check(
    features.shape[0] === emojiOf.length,
    'crossHandRetrieval',
    `expected a row of features for each of the ${emojiOf.length} images, got ${features.shape[0]}`,
  );
  const images = Int32Array.from(emojiOf.keys());
  const rows = [...new Set(drawings)].sort((a, b) => a - b).map(drawing => images.filter(i => drawings[i] === drawing));
  const handOf = (list: Int32Array) => hands[list[0]!];
  const compared = rows.flatMap((query, q) =>
    rows.flatMap((gallery, g) => (handOf(query) === handOf(gallery) ? [] : [{query, gallery, q, g}])),
  );
  check(compared.length > 0, 'crossHandRetrieval', 'expected drawings by at least two hands, got those of one');
  const found: {pair: HandPair; query: Int32Array; hits: Uint8Array; chance: number}[] = [];
  for (const {query, gallery, q, g} of compared) {
    const of = (list: Int32Array) => tf.tidy(() => tf.gather(features, tf.tensor1d(list, 'int32')));
    const [asked, known] = [of(query), of(gallery)];
    try {
      const {indices} = await neighbors(asked, known, 1, {signal});
      const hits = Uint8Array.from(query, (image, i) => Number(emojiOf[gallery[indices[i]!]!] === emojiOf[image]));
      found.push({
        pair: {query: q, gallery: g, accuracy: share(hits)},
        query,
        hits,
        chance: query.length / gallery.length,
      });
    } finally {
      tf.dispose([asked, known]);
    }
  }
  const hits = Uint8Array.from(found.flatMap(one => [...one.hits]));
  return {
    accuracy: share(hits),
    chance: found.reduce((sum, {chance}) => sum + chance, 0) / hits.length,
    pairs: found.map(({pair}) => pair),
    queries: Int32Array.from(found.flatMap(({query}) => [...query])),
    hits,
    protocol: `the nearest of ${rows[0]!.length} images by another hand, cosine`,
  };
}

const share = (hits: Uint8Array) => hits.reduce((sum, hit) => sum + hit, 0) / hits.length;
