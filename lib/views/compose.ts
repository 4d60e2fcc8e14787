// Views one after the other.

import {check} from '../check';
import {fold} from '../engine/random';
import {tf} from '../engine/tf';
import type {View} from './view';

/**
 * Applies the views in the order written. Each draws from a key made of its name, so that adding,
 * leaving out or moving a view leaves what the others draw as it was.
 *
 * @throws RangeError when a name is a whole number: JavaScript would move it to the front.
 */
export function compose(views: Record<string, View>): View {
  const steps = Object.entries(views);
  check(
    steps.every(([name]) => !/^\d+$/.test(name)),
    'compose',
    `expected names that are no numbers, got ${Object.keys(views).join(', ')}`,
  );
  return (images, key) => tf.tidy(() => steps.reduce((x, [name, view]) => view(x, fold(key, name)), images.clone()));
}
