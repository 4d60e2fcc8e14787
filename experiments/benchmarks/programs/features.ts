// Writes features and labels for the evaluation's benchmark as raw numbers, made from a seed, and tells what the linear probe's objective comes down to. Arguments: the case as JSON, a folder.

import fs from 'node:fs';
import path from 'node:path';
import {key, normal, split, uniform} from '../../../lib/engine/random';
import {tf} from '../../../lib/engine/tf';
import {softmaxRegression} from '../../../lib/evaluation/softmaxRegression';
import type {EvaluationCase} from '../evaluation';

const [wanted, folder] = [JSON.parse(process.argv[2]!) as EvaluationCase, process.argv[3]!];
const {width: d, classes: k} = wanted;
const [ofCentres, ofAxes, ...ofSets] = split(key(0), 2 + 2 * wanted.sets.length);

/** Deviations that fall with the axis, as an encoder's do. */
const falling = (power: number) => tf.range(1, d + 1).pow(-power);
const centres = tf.tidy(() => normal(ofCentres!, [k, d]).mul(falling(1)).mul(1.5) as tf.Tensor2D);
const axes = tf.tidy(() => normal(ofAxes!, [d, d]).div(Math.sqrt(d)) as tf.Tensor2D);

async function main(): Promise<void> {
  let moments: {mean: tf.Tensor; variance: tf.Tensor} | undefined;   // of the first set, the training's
  let training: {features: tf.Tensor2D; labels: Int32Array} | undefined;
  wanted.sets.forEach(({name, size}, i) => {
    const classes = tf.tidy(() => uniform(ofSets[2 * i]!, [size]).mul(k).toInt() as tf.Tensor1D);
    const raw = tf.tidy(() => tf.matMul(tf.gather(centres, classes).add(normal(ofSets[2 * i + 1]!, [size, d]).mul(falling(0.5))) as tf.Tensor2D, axes) as tf.Tensor2D);
    moments ??= tf.moments(raw, 0);
    const {mean, variance} = moments;
    const set = {features: tf.tidy(() => raw.sub(mean).div(variance.sqrt()) as tf.Tensor2D), labels: classes.dataSync<'int32'>()};
    training ??= set;
    fs.writeFileSync(path.join(folder, `${name}.f32`), new Uint8Array(set.features.dataSync().buffer));
    fs.writeFileSync(path.join(folder, `${name}.i32`), new Uint8Array(set.labels.buffer));
    raw.dispose();
  });
  for await (const {objective} of softmaxRegression(training!, k, [wanted.strength])) console.log(JSON.stringify({objective}));
}

void main();
