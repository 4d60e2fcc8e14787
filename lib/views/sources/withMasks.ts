// Gives each view of a source that is to be masked a mask of its own, and joins what both need of
// the host.

import {check} from '../../check';
import type {InputType} from '../../engine/step';
import {fold} from '../../engine/random';
import {tf} from '../../engine/tf';
import type {Masks, MaskStrategy} from '../../masks/masks';
import type {Source} from '../../module';

/** Options of {@link withMasks}. */
export interface WithMasksOptions<Batch, Inputs extends Record<string, tf.Tensor>, M extends Masks> {
  mask: MaskStrategy<Inputs, M>;
  /** How many views of each image are masked. */
  count: number;
  /** They, of one size. */
  views(batch: Batch): tf.Tensor4D[];
  /** Who is named when the masks do not fit. */
  caller: string;
}

/**
 * @returns The source's batches, the same for the same key, and `masks` [count · n, …], view by
 * view.
 * @throws RangeError when the patches of the mask's grid do not divide the views.
 */
export function withMasks<Batch extends {}, Inputs extends Record<string, tf.Tensor>, M extends Masks>(
  unmasked: Source<Batch>,
  {mask, count, views, caller}: WithMasksOptions<Batch, Inputs, M>,
): Source<Batch & {masks: M}, Omit<Inputs, 'view'>> {
  const {host, ...source} = unmasked as Source<Batch, Omit<Inputs, 'view'>>;
  const {
    grid: [rows, columns],
    host: drawn,
  } = mask;
  return {
    ...source,
    ...((host || drawn) && {
      host: {
        inputs: {...host?.inputs, ...drawn?.inputs} as {[name in keyof Omit<Inputs, 'view'>]: InputType},
        draw: async (indices, seed, options) =>
          ({...(await host?.draw(indices, seed, options)), ...drawn?.draw(count * indices.length, seed)}) as Inputs,
      },
    }),
    batch: (index, key, inputs) =>
      tf.tidy(() => {
        const batch = source.batch(index, key, inputs);
        const view = tf.concat(views(batch));
        const [seen, h, w] = view.shape;
        check(
          h % rows === 0 && w % columns === 0,
          caller,
          `expected views that a grid of ${rows} × ${columns} patches divides, got ${h} × ${w} pixels: take a ` +
            `grid of the view's size over the patch's`,
        );
        // Omit<Inputs, 'view'> & view, which TypeScript does not put together again
        const given = {...inputs, view} as unknown as Inputs;
        return {...batch, masks: mask.draw(fold(key, 'masks'), seen, given)};
      }),
  };
}
