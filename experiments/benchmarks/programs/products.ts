// A bound: the convolutions and matrix products of a step alone, each with both of its gradients,
// as our layers call them. Argument: {products}, as check.py tells them.

import {compile} from '../../../lib/engine/compile';
import {key, normal} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import {convolve} from '../../../lib/layers/convolution';
import type {Product} from '../programs';
import {ownFacts} from './ownFacts';
import {turns} from './turns';

type Tensors = {[name: string]: tf.Tensor};

/** Random factors, and the gradient of the product. */
function factors(product: Product): {x: tf.Tensor; weight: tf.Tensor} {
  switch (product.kind) {
    case 'convolution':
      return {
        x: normal(key(0), [...product.input]),
        weight: normal(key(1), [product.kernel, product.kernel, product.input[3], product.outputs]),
      };
    case 'product': {
      const {count, rows, inner, columns} = product;
      const shape = (...sizes: number[]) => (count === 1 ? sizes : [count, ...sizes]);
      return {x: normal(key(0), shape(rows, inner)), weight: normal(key(1), shape(columns, inner))};
    }
    default:
      return product satisfies never;
  }
}

const multiplied = (product: Product, x: tf.Tensor, weight: tf.Tensor): tf.Tensor =>
  product.kind === 'convolution'
    ? convolve(x as tf.Tensor4D, weight as tf.Tensor4D, product.stride)
    : tf.matMul(x, weight, false, true);

async function main(): Promise<void> {
  const {products} = JSON.parse(process.argv[2]!) as {products: Product[]};
  const holds: {[name: string]: Tensors} = Object.fromEntries(
    products.map((product, i) => [
      i,
      tf.tidy(() => {
        const {x, weight} = factors(product);
        return {x, weight, dy: normal(key(2), multiplied(product, x, weight).shape)};
      }),
    ]),
  );
  const compiled = compile<{}, {}, {firsts: tf.Tensor}>(
    () => {
      const results = products.flatMap((product, i) => {
        const {x, weight, dy} = holds[i]!;
        const {value, grads} = tf
          .engine()
          .gradients(() => multiplied(product, x!, weight!), product.both ? [x!, weight!] : [weight!], dy, true);
        return [value, ...grads];
      });
      return {outputs: {firsts: tf.concat(results.map(result => result.reshape([-1]).slice(0, 1)))}};
    },
    {},
    {},
    {holds},
  );
  await turns({...ownFacts()}, () => {
    const {firsts} = compiled.run({});
    firsts.dataSync();
    firsts.dispose();
  });
}

void main();
