// Whether a batch's masks are of the patches that the backbone makes of its view.

import {check} from '../../check';
import type {tf} from '../../engine/tf';
import type {Grid, Masks, TargetMasks} from '../../masks/masks';

/**
 * @param grid Of the view's patches.
 * @throws RangeError unless each image has a mask of this grid.
 */
export function checkMasks(
  caller: string,
  {shape: [n]}: tf.Tensor4D,
  [rows, columns]: Grid,
  {masked: {shape}}: Masks,
): void {
  check(
    shape[0] === n && shape[1] === rows * columns,
    caller,
    `expected masks [${n},${rows * columns}] of ${rows} × ${columns} patches, got [${shape}]: take a ` +
      `grid of the view's size over the backbone's patch`,
  );
}

/** The same of masks with targets. @throws RangeError when there are none, too. */
export function checkTargets(caller: string, view: tf.Tensor4D, grid: Grid, masks: Masks & Partial<TargetMasks>): void {
  checkMasks(caller, view, grid, masks);
  check(masks.targets !== undefined, caller, 'expected masks with targets, got none: take multiBlockMask or foldMask');
}
