// Keeps images as bytes on the device, a quarter of their size as numbers, and makes numbers of
// them there.

import {check} from '../check';
import {native} from './device';
import {bool, int, operation, type} from './operation';
import {tf} from './tf';

/**
 * Copies bytes to the device.
 *
 * @param values Row-major values of a tensor of this shape.
 * @returns A tensor that tfjs shows as int32 and that only {@link gatherBytes} and `shares` can
 * use; the caller disposes it.
 * @throws RangeError when the number of values does not fit the shape.
 */
export function bytes(values: Uint8Array, shape: number[]): tf.Tensor {
  const size = tf.util.sizeFromShape(shape);
  check(values.length === size, 'bytes', `expected ${size} values for shape [${shape}], got ${values.length}`);
  const {binding} = native;
  const id = binding.createTensor(shape, binding.TF_UINT8, values);
  const [copy] = binding.executeOp(
    'Identity',
    [{name: 'T', ...type('uint8')}] as Parameters<typeof binding.executeOp>[1],
    [id],
    1,
  );
  binding.deleteTensor(id);
  return native.createOutputTensor(copy!);
}

/** What {@link bytes} returned as shares of 255: float32 in [0, 1], of the same shape. */
export function shares<T extends tf.Tensor>(store: tf.Tensor): T {
  return tf.tidy(
    () => operation('Cast', {SrcT: type('uint8'), DstT: type('float32'), Truncate: bool(false)}, [store]).div(255) as T,
  );
}

/**
 * Rows of a tensor of bytes as shares of 255.
 *
 * @param store What {@link bytes} returned, [N, …].
 * @param indices [n] rows, int32.
 * @returns [n, …] float32 in [0, 1].
 */
export function gatherBytes<T extends tf.Tensor>(store: tf.Tensor, indices: tf.Tensor1D): T {
  return tf.tidy(() =>
    shares<T>(
      operation(
        'GatherV2',
        {Tparams: type('uint8'), Tindices: type('int32'), Taxis: type('int32'), batch_dims: int(0)},
        [store, indices, tf.scalar(0, 'int32')],
      ),
    ),
  );
}
