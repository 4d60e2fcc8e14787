// Writes features and labels for the evaluation's benchmark as raw numbers, made from a seed.
// Arguments: the case as JSON, a folder.

import fs from 'node:fs';
import path from 'node:path';
import {key, normal, split, uniform} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import type {EvaluationCase} from '../evaluation';

const [wanted, folder] = [JSON.parse(process.argv[2]!) as EvaluationCase, process.argv[3]!];
const {width: d, classes: k} = wanted;
const [ofCenters, ofAxes, ...ofSets] = split(key(0), 2 + 2 * wanted.sets.length);

/** Deviations that fall with the axis, as an encoder's do. */
const falling = (power: number) => tf.range(1, d + 1).pow(-power);
const centers = tf.tidy(() => normal(ofCenters!, [k, d]).mul(falling(1)).mul(1.5) as tf.Tensor2D);
const axes = tf.tidy(() => normal(ofAxes!, [d, d]).div(Math.sqrt(d)) as tf.Tensor2D);

let moments: {mean: tf.Tensor; variance: tf.Tensor} | undefined; // of the first set, the training's
wanted.sets.forEach(({name, size}, i) => {
  const classes = tf.tidy(
    () =>
      uniform(ofSets[2 * i]!, [size])
        .mul(k)
        .toInt() as tf.Tensor1D,
  );
  const raw = tf.tidy(
    () =>
      tf.matMul(
        tf.gather(centers, classes).add(normal(ofSets[2 * i + 1]!, [size, d]).mul(falling(0.5))) as tf.Tensor2D,
        axes,
      ) as tf.Tensor2D,
  );
  moments ??= tf.moments(raw, 0);
  const {mean, variance} = moments;
  const features = tf.tidy(() => raw.sub(mean).div(variance.sqrt()));
  for (const [ending, tensor] of [
    ['f32', features],
    ['i32', classes],
  ] as const) {
    const {buffer, byteOffset, byteLength} = tensor.dataSync();
    fs.writeFileSync(path.join(folder, `${name}.${ending}`), new Uint8Array(buffer, byteOffset, byteLength));
  }
  tf.dispose([raw, features, classes]);
});
