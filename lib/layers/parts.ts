// A module made of named parts: each has its own branch of the parameters, of the statistics and of
// the random key.

import {fold} from '../engine/random';
import {tf} from '../engine/tf';
import {inside, type Mode, type Module, type Params} from '../module';

type Parts<T> = Record<string, Module<T, T>>;

/** Starts each part with a key of its own; parts without parameters leave no branch. */
export function initialParts(
  parts: Record<string, Pick<Module<never, unknown>, 'init'>>,
  key: Parameters<Module<never, unknown>['init']>[0],
): Params {
  return Object.fromEntries(
    Object.entries(parts).map(([name, part]) => {
      const k = fold(key, name);
      const params = part.init(k);
      k.dispose();
      return [name, params];
    }),
  );
}

/** Runs one part on its own branches. */
export function run<X, Y>(parts: Record<string, Module<X, Y>>, name: string, params: Params, x: X, mode: Mode): Y {
  return parts[name]!.apply((params[name] ?? {}) as Params, x, inside(mode, name));
}

/** Runs all parts one after the other. */
export function chain<T>(parts: Parts<T>, params: Params, x: T, mode: Mode): T {
  return Object.keys(parts).reduce((y, name) => run(parts, name, params, y, mode), x);
}

/** Modules one after the other, named 0, 1, … as torch's Sequential names them. */
export function sequence<X extends tf.Tensor>(modules: Module<X, X>[]): Module<X, X> {
  const parts = Object.fromEntries(modules.map((module, i) => [String(i), module]));
  return {
    width: modules.at(-1)!.width,
    init: key => initialParts(parts, key),
    apply: (params, x, mode) => tf.tidy(() => chain(parts, params, x, mode)),
  };
}
