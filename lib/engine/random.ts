// Random numbers as a function of a key: the same key gives the same numbers, on every device and
// in a recorded step. Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3" (Philox);
// TensorFlow's stateless kernels.

import {check, whole} from '../check';
import {operation, type} from './operation';
import {tf} from './tf';

/** Two int32 on the device. */
export type Key = tf.Tensor1D;

const seeded = (dtype: 'float32' | 'int32') => ({dtype: type(dtype), T: type('int32'), Tseed: type('int32')});

/** The key of a seed: an integer from 0 to 2^53 − 1. */
export function key(seed: number): Key {
  check(
    Number.isSafeInteger(seed) && seed >= 0,
    'key',
    `expected a whole seed from 0 to ${Number.MAX_SAFE_INTEGER}, got ${seed}`,
  );
  return tf.tensor1d([Math.floor(seed / 2 ** 32) | 0, seed | 0], 'int32');
}

/** n keys that are independent of each other and of `k`. */
export function split(k: Key, n: number): Key[] {
  whole('split', 'n', n);
  return tf.tidy(
    () =>
      tf.unstack(
        operation('StatelessRandomUniformFullInt', seeded('int32'), [tf.tensor1d([n, 2], 'int32'), k]),
      ) as Key[],
  );
}

/** A key made of `k` and of data: a step, a sample, or the name of a part. */
export function fold(k: Key, data: number | string | tf.Scalar): Key {
  return tf.tidy(() => {
    const plain = typeof data === 'string' ? hash(data) : data;
    const low = typeof plain === 'number' ? tf.scalar(plain, 'int32') : plain;
    // any constant: keeps fold(k, 0) apart from split(k, n)[0]
    const away = tf.scalar(0x2545f491, 'int32');
    return operation('StatelessRandomUniformFullInt', seeded('int32'), [
      tf.tensor1d([2], 'int32'),
      k.add(tf.stack([away, low])),
    ]) as Key;
  });
}

/** Numbers drawn evenly from [minimum, maximum), float32. @default 0 to 1 */
export function uniform<S extends number[]>(
  k: Key,
  shape: [...S],
  {minimum = 0, maximum = 1}: {minimum?: number; maximum?: number} = {},
): Shaped<S> {
  return tf.tidy(() => {
    const share = operation('StatelessRandomUniform', seeded('float32'), [tf.tensor1d(shape, 'int32'), k]);
    return (minimum === 0 && maximum === 1 ? share : share.mul(maximum - minimum).add(minimum)) as Shaped<S>;
  });
}

/** Numbers drawn from the standard normal distribution, float32. */
export function normal<S extends number[]>(k: Key, shape: [...S]): Shaped<S> {
  return tf.tidy(
    () => operation('StatelessRandomNormal', seeded('float32'), [tf.tensor1d(shape, 'int32'), k]) as Shaped<S>,
  );
}

/** The whole numbers below n in random order, on the host. */
export function permutation(k: Key, n: number): Int32Array {
  const shares = uniform(k, [n]);
  const draws = shares.dataSync();
  shares.dispose();
  return Int32Array.from({length: n}, (_, i) => i).sort((a, b) => draws[a]! - draws[b]! || a - b);
}

/** The tensor type of a shape of known length. */
export type Shaped<S extends number[]> = S['length'] extends 0
  ? tf.Scalar
  : S['length'] extends 1
    ? tf.Tensor1D
    : S['length'] extends 2
      ? tf.Tensor2D
      : S['length'] extends 3
        ? tf.Tensor3D
        : S['length'] extends 4
          ? tf.Tensor4D
          : tf.Tensor;

/** FNV-1a, 32 bits. */
function hash(name: string): number {
  let h = 0x811c9dc5;
  for (const byte of Buffer.from(name)) h = Math.imul(h ^ byte, 0x01000193);
  return h | 0;
}
