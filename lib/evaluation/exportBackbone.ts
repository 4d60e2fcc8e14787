// Writes one encoder for use in Python: the names and layouts of torchvision and timm, the
// statistics of every BatchNorm beside its parameters.

import {check} from '../check';
import {tf} from '../engine/tf';
import type {Params} from '../module';
import {leaves} from '../engine/params';
import {type Values, writeSafetensors} from '../datasets/files/safetensors';

export interface BackboneExport {
  /** The encoder's own parameters, for example `params.backbone` of SimCLR. */
  params: Params;
  /** Its part of what batchNormStatistics measured, for example `statistics.backbone`. */
  statistics: Params;
  /** Lines for the head of the file: method, data set, accuracy. */
  metadata?: Record<string, string>;
}

/**
 * The places without statistics, by timm's names: norm1, norm, fc_norm, norm_pre. A BatchNorm is
 * bn1, or a number.
 */
const layerNorm = /norm(\d*|_pre)$/;

/**
 * Writes a safetensors file with the names and the bytes that torch would write: convolutions as
 * [out, in, h, w], `running_mean`, `running_var` and `num_batches_tracked` at each BatchNorm. In
 * Python: `model.load_state_dict(safetensors.torch.load_file(path))`, strictly, for a torchvision
 * ResNet whose `fc` is `torch.nn.Identity()` (with the CIFAR stem: `conv1 = Conv2d(3, 64, 3,
 * padding=1, bias=False)`, `maxpool = Identity()`), or for a timm VisionTransformer with
 * `num_classes=0`. It expects images [n, c, h, w] normalized as in training.
 *
 * @throws RangeError when a BatchNorm has no statistics, or statistics have no BatchNorm; Error
 * when the file cannot be written, an earlier one is then unchanged.
 */
export async function exportBackbone(path: string, {params, statistics, metadata = {}}: BackboneExport): Promise<void> {
  const entries = new Map<string, Values>();
  for (const [name, tensor] of leaves(params)) {
    // [h, w, in, out] → [out, in, h, w]
    const torch = tensor.rank === 4 ? tf.transpose(tensor, [3, 2, 0, 1]) : tensor.clone();
    entries.set(name, {shape: torch.shape, values: torch.dataSync<'float32'>()});
    torch.dispose();
  }
  const measured = leaves(statistics);
  const places = new Set(measured.map(([name]) => name.replace(/\.?running_(mean|var)$/, '')));
  for (const [name, tensor] of measured) entries.set(name, {shape: tensor.shape, values: tensor.dataSync<'float32'>()});
  for (const place of places) {
    entries.set(`${place}.num_batches_tracked`, {shape: [], values: BigInt64Array.of(0n)});
    for (const leaf of ['weight', 'running_mean', 'running_var'])
      check(
        entries.has(`${place}.${leaf}`),
        'exportBackbone',
        `expected ${place}.${leaf} beside the statistics of ${place}, got none: give the parameters and ` +
          'statistics of the same encoder',
      );
  }
  for (const [name, {shape}] of entries) {
    const place = name.replace(/\.weight$/, '');
    check(
      shape.length !== 1 || place === name || places.has(place) || layerNorm.test(place),
      'exportBackbone',
      `expected running_mean and running_var of ${place}, got none: measure them with batchNormStatistics`,
    );
  }
  await writeSafetensors(path, entries, {format: 'pt', ...metadata});
}
