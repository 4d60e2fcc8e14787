// Reads a Vision Transformer that timm, DINO, DINOv2, MAE or saveVit wrote.

import {type Vit, vitSizes} from '../backbones/vit';
import {check} from '../check';
import {tf} from '../engine/tf';
import {resamplePositions, sinCosPositions} from '../layers/positions';
import type {Params} from '../module';
import {fromNames, leaves} from '../params';
import {readSafetensors} from '../training/safetensors';

export interface LoadVitOptions {
  backbone: Vit;
  /** What the transformer starts with, for example `backbone.init(key(0))`: what the file lacks stays as it is here. */
  params: Params;
  /** What stands before the transformer's names in the file: `teacher.backbone.` where it has a student too. @default whatever stands before `patch_embed.proj.weight`: `backbone.`, `module.`, `encoder.`, nothing */
  prefix?: string;
}

export interface LoadedVit {
  /** New tensors, all that the transformer needs. */
  params: Params;
  /** Parameters that the file lacks: copies of those given. */
  missing: string[];
  /** The file's names that were not used: heads, decoders, mask tokens. */
  unexpected: string[];
  /** Patches along a side of the image, where the file's positions were made for another number. */
  resampled?: {from: number; to: number};
  /** All this in a few lines. */
  report: string;
}

const marker = 'patch_embed.proj.weight';

/**
 * Takes parameters by timm's names, which DINO, DINOv2 and MAE share. Positions of another grid are interpolated as timm does, see {@link resamplePositions}. Where only the file has positions for its class
 * token or registers, they are added to these tokens, which is the same: DINOv2's models with registers are such. The norm behind timm's pool 'token' is `norm`, that behind 'avg' `fc_norm`: neither takes
 * the place of the other, as in MAE's fine-tuning. Into how many heads a checkpoint's channels are split is written nowhere in it.
 *
 * @param path A safetensors file. Others become one in Python: `safetensors.torch.save_file(torch.load(path)['model'], …)`.
 * @throws RangeError, of one line, when the file has no such transformer or several, or one of another width, depth, patch or number of channels, or learned positions where they are fixed here.
 */
export async function loadVit(path: string, {backbone, params, prefix}: LoadVitOptions): Promise<LoadedVit> {
  const {tensors} = await readSafetensors(path);
  try {
    return tf.tidy(() => {
      const names = [...tensors.keys()], own = prefixOf(path, names, prefix);
      const oursOf = (name: string) => name.startsWith(own) ? timmName(name.slice(own.length)) : undefined;
      const file = new Map([...tensors].flatMap(([name, tensor]) => oursOf(name) === undefined ? [] : [[oursOf(name)!, tensor] as const]));
      checkSizes(path, file, backbone, params);
      const {resampled, ...placed} = positioned(path, file, backbone, params);
      const wanted = leaves(params), known = new Set([...wanted.map(([name]) => name), 'pos_embed']);   // fixed positions are no parameter, and have been compared
      const loaded = wanted.map(([name, start]): [string, tf.Tensor] => {
        const saved = (placed as Record<string, tf.Tensor | undefined>)[name] ?? file.get(name);
        const tensor = saved?.rank === 4 ? saved.transpose([2, 3, 1, 0]) : (saved ?? start).clone();     // [out, in, h, w] → [h, w, in, out]
        check(String(tensor.shape) === String(start.shape), 'loadVit', `expected ${name} of shape [${start.shape}], got [${tensor.shape}] in ${path}`);
        return [name, tensor];
      });
      const missing = wanted.map(([name]) => name).filter(name => !file.has(name)), unexpected = names.filter(name => !known.has(oursOf(name) ?? ''));
      return {params: fromNames(loaded), missing, unexpected, ...(resampled && {resampled}), report: reportOf(path, own, wanted.length, {missing, unexpected, resampled})};
    });
  } finally {
    tf.dispose([...tensors.values()]);
  }
}

function prefixOf(path: string, names: string[], prefix?: string): string {
  const found = names.filter(name => name.endsWith(marker)).map(name => name.slice(0, -marker.length));
  check(found.length > 0, 'loadVit', `expected a Vision Transformer by timm's names in ${path}, got ${names.slice(0, 3).join(', ')} … and no ${marker}`);
  const list = found.map(name => `'${name}'`).join(', ');
  check(prefix !== undefined || found.length === 1, 'loadVit', `expected one transformer in ${path}, got those under ${list}: say which with prefix`);
  check(prefix === undefined || found.includes(prefix), 'loadVit', `expected a transformer under '${prefix}' in ${path}, got ${list}`);
  return prefix ?? found[0]!;
}

/** DINOv2 calls registers otherwise, and numbers blocks within chunks, blocks.<chunk>.<block>, where it was trained in such. */
const timmName = (name: string) => name.replace(/^register_tokens$/, 'reg_token').replace(/^blocks\.\d+\.(\d+\.)/, 'blocks.$1');

function checkSizes(path: string, file: Map<string, tf.Tensor>, backbone: Vit, params: Params): void {
  const [width, channels, patch] = file.get(marker)!.shape;
  const depth = Math.max(-1, ...[...file.keys()].map(name => Number(/^blocks\.(\d+)\./.exec(name)?.[1] ?? -1))) + 1;
  const size = Object.entries(vitSizes).find(([, size]) => size.width === width && size.depth === depth)?.[0];
  check(width === backbone.width && depth === backbone.depth, 'loadVit',
    `expected width ${backbone.width} and ${backbone.depth} blocks, got width ${width} and ${depth} blocks in ${path}: ${size ? `that is a transformer of size '${size}'` : 'no size of vit has these'}`);
  const own = leaves(params).find(([name]) => name === marker)![1].shape;
  check(patch === backbone.patch && channels === own[2], 'loadVit', `expected patches of ${backbone.patch} px of ${own[2]} channels, got ${patch} px of ${channels} in ${path}: make the transformer with these`);
}

/** Positions for our grid, and the tokens that take up those that have no place here. */
function positioned(path: string, file: Map<string, tf.Tensor>, {positions, classToken, registers, width}: Vit, params: Params): {pos_embed?: tf.Tensor; cls_token?: tf.Tensor; reg_token?: tf.Tensor; resampled?: {from: number; to: number}} {
  const all = file.get('pos_embed') as tf.Tensor3D | undefined, cls = file.get('cls_token'), reg = file.get('reg_token');
  if (!all) return {};
  const placed = positions === 'learned' && classToken && registers === 0 ? 1 : 0;
  const to = positions === 'learned' ? Math.sqrt((params.pos_embed as tf.Tensor).shape[1]! - placed) : undefined;
  const theirClass = cls ? 1 : 0, theirAll = theirClass + (reg?.shape[1] ?? 0);
  const sideOf = (before: number) => Math.sqrt(all.shape[1] - before);
  const square = [0, theirClass, theirAll].filter(before => Number.isInteger(sideOf(before)) && sideOf(before) > 0);
  check(all.shape[2] === width && square.length > 0, 'loadVit', `expected positions [1, l, ${width}] of a square grid, with or without a class token's, got [${all.shape}] in ${path}`);
  const before = square.find(before => sideOf(before) === to) ?? square[0]!, from = sideOf(before);   // tokens before the patches that have a position in the file
  const own = (start: number, size: number) => all.slice([0, start, 0], [1, size, width]);
  const patches = own(before, from ** 2).reshape([from ** 2, width]) as tf.Tensor2D;
  const folded = {
    ...(cls && placed === 0 && before > 0 && {cls_token: cls.add(own(0, 1))}),
    ...(reg && placed === 0 && before === theirAll && {reg_token: reg.add(own(theirClass, theirAll - theirClass))}),
  };
  if (to === undefined) {
    const off = patches.sub(sinCosPositions(from, from, width)).abs().max().dataSync()[0]!;
    check(off < 0.01, 'loadVit', `expected sines and cosines as positions, which are fixed here, got others in ${path}, up to ${off.toPrecision(2)} away: make the transformer with positions 'learned'`);   // 16-bit floats are 0.004 away
    return folded;
  }
  const grid = resamplePositions(patches, [from, from], [to, to]).expandDims(0);                      // [1, to², width]
  const first = placed === 0 ? [] : [cls && before > 0 ? own(0, 1) : tf.zeros([1, 1, width])];
  return {...folded, pos_embed: tf.concat([...first, grid], 1), ...(from !== to && {resampled: {from, to}})};
}

function reportOf(path: string, prefix: string, parameters: number, {missing, unexpected, resampled}: Pick<LoadedVit, 'missing' | 'unexpected' | 'resampled'>): string {
  return [
    `${parameters - missing.length} of ${parameters} parameters from ${path}${prefix && `, under '${prefix}'`}`,
    resampled && `positions interpolated from ${resampled.from} × ${resampled.from} patches to ${resampled.to} × ${resampled.to}`,
    missing.length > 0 && `missing there, and left as given: ${summary(missing)}`,
    unexpected.length > 0 && `not used: ${summary(unexpected)}`,
  ].filter(Boolean).join('\n');
}

/** Names that differ in a number only, once: blocks.*.ls1.gamma (12). */
function summary(names: string[]): string {
  const counts = new Map<string, number>();
  for (const name of names.map(name => name.replace(/(?<=\.)\d+(?=\.)/g, '*'))) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, n]) => n > 1 ? `${name} (${n})` : name).join(', ');
}
