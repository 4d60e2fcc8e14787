// Walks over a tree of tensors: names, map, count, dispose. Leaves are ordered by name.

import {check} from '../check';
import {tf} from './tf';

/**
 * A named tree of tensors. Joined with dots, its names are the keys of the safetensors file.
 * (`type`, not `interface`: records must be assignable.)
 */
export type Params = {[name: string]: tf.Tensor | Params};

/** All tensors with their dotted names, ordered by name. */
export function leaves(params: Params, prefix = ''): [string, tf.Tensor][] {
  const found = Object.entries(params).flatMap(([name, value]): [string, tf.Tensor][] =>
    value instanceof tf.Tensor ? [[prefix + name, value]] : leaves(value, `${prefix}${name}.`),
  );
  return prefix ? found : found.sort(([a], [b]) => (a < b ? -1 : 1));
}

/** The same tree with each tensor replaced by what `f` makes of it and of its dotted name. */
export function map<P extends Params>(params: P, f: (tensor: tf.Tensor, name: string) => tf.Tensor): P {
  return fromLeaves(
    params,
    leaves(params).map(([name, tensor]) => f(tensor, name)),
  );
}

/** The same tree with `tensors`, in the order of {@link leaves}, in place of its own. */
export function fromLeaves<P extends Params>(like: P, tensors: tf.Tensor[]): P {
  const names = leaves(like).map(([name]) => name);
  check(
    names.length === tensors.length,
    'fromLeaves',
    `expected ${names.length} tensors for the tree, got ${tensors.length}`,
  );
  const at = new Map(names.map((name, i) => [name, tensors[i]!]));
  const build = (tree: Params, prefix: string): Params =>
    Object.fromEntries(
      Object.entries(tree).map(([name, value]) => [
        name,
        value instanceof tf.Tensor ? at.get(prefix + name)! : build(value, `${prefix}${name}.`),
      ]),
    );
  return build(like, '') as P;
}

/** The tree whose leaves have these dotted names. */
export function fromNames(entries: Iterable<[string, tf.Tensor]>): Params {
  const root: Params = {};
  for (const [name, tensor] of entries) {
    const parts = name.split('.');
    const last = parts.pop()!;
    let node = root;
    for (const part of parts) node = (node[part] ??= {}) as Params;
    node[last] = tensor;
  }
  return root;
}

/** Number of values in all tensors. */
export function count(params: Params): number {
  return leaves(params).reduce((sum, [, tensor]) => sum + tensor.size, 0);
}

/** Frees all tensors of the tree. */
export function dispose(params: Params): void {
  for (const [, tensor] of leaves(params)) tensor.dispose();
}
