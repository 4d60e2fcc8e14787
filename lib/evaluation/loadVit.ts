// Reads a Vision Transformer that timm, DINO, DINOv2, MAE, CLIP in timm's names, or saveVit wrote.

import {type Vit, vitSizes} from '../backbones/vit';
import {check} from '../check';
import {tf} from '../engine/tf';
import {resamplePositions, sinCosPositions} from '../layers/positions';
import type {Grid} from '../masks/masks';
import type {Params} from '../module';
import {fromNames, leaves} from '../engine/params';
import {readSafetensors} from '../datasets/files/safetensors';

/** Options of {@link loadVit}. */
export interface LoadVitOptions {
  backbone: Vit;
  /** A start, for example `backbone.init(key(0))`. A last norm that the file lacks stays so. */
  params: Params;
  /**
   * What stands before the transformer's names in the file: `teacher.backbone.` where it has a
   * student too.
   * @default whatever stands before `patch_embed.proj.weight`: `backbone.`, `module.`, `encoder.`,
   * nothing
   */
  prefix?: string;
  /**
   * Rows and columns of patches that the file's positions were made for; it does not say.
   * @default a square
   */
  grid?: Grid;
}

type Resampled = {from: [rows: number, columns: number]; to: [rows: number, columns: number]};

/** A transformer read from a file, and what of the file was used. */
export interface LoadedVit {
  /** New tensors, all that the transformer needs. */
  params: Params;
  /**
   * Parameters of the last norm where the file has none behind this pool: copies of those given.
   */
  missing: string[];
  /**
   * The file's names that were not used: heads, decoders, mask tokens, the norm behind the other
   * pool.
   */
  unexpected: string[];
  /** Rows and columns of patches, where the file's positions were made for others. */
  resampled?: Resampled;
  /** All this in a few lines. */
  report: string;
}

const marker = 'patch_embed.proj.weight';
/** What stands behind the blocks, or beside the transformer: its tokens do not depend on it. */
const head = /^(\w*head\w*|fc|linear|pre_logits|mask_token|masked_embed|(classif|project|predict|decod)\w*)(\.|$)/;
const lastNorm = /^(norm|fc_norm)\./;

/**
 * Takes parameters by timm's names, which DINO, DINOv2 and MAE share. The file's transformer must
 * be the one given, part by part: only heads and the last norm may differ, and are named in the
 * report. LayerScale's factors are the file's where `vit` was made with `layerScale`, of any
 * number; CLIP's encoders need `preNorm`.
 *
 * Positions of another grid are interpolated as timm does, see `resamplePositions`. Where only the
 * file has positions for its class token or registers, they are added to these tokens, which is the
 * same: DINOv2's models with registers are such. The norm behind timm's pool 'token' is `norm`,
 * that behind 'avg' `fc_norm`: neither takes the place of the other, as in MAE's fine-tuning.
 *
 * Written nowhere in a checkpoint, and not checked: into how many heads its channels are split, and
 * the kind of GELU. OpenAI's own weights of CLIP were trained with x·sigmoid(1.702 x), which is not
 * computed here; OpenCLIP's mostly with the GELU that is.
 *
 * @param path A safetensors file. Others become one in Python:
 * `safetensors.torch.save_file(torch.load(path)['model'], …)`.
 * @throws RangeError, of one line, when the file has no such transformer or several, or one of
 * another width, depth, patch or number of channels; when it has parts that the one given lacks, or
 * lacks some of its parts: the line names them, and the option of `vit` that would take them; when
 * its positions are learned and those here fixed, or were made for a grid that is no square and not
 * given.
 *
 * @example
 * ```ts
 * import {key, loadVit, vit} from 'ssl-workbench';
 * const backbone = vit({size: 'small', patch: 14, image: 224, registers: 4, layerScale: 1e-5});
 * const {params, report} = await loadVit('dinov2_vits14_reg4.safetensors', {
 *   backbone,
 *   params: backbone.init(key(0)),
 * });
 * console.log(report);
 * ```
 */
export async function loadVit(path: string, {backbone, params, prefix, grid}: LoadVitOptions): Promise<LoadedVit> {
  const {tensors} = await readSafetensors(path);
  try {
    return tf.tidy(() => {
      const names = [...tensors.keys()];
      const own = prefixOf(path, names, prefix);
      const oursOf = (name: string) => (name.startsWith(own) ? timmName(name.slice(own.length)) : undefined);
      const file = new Map(
        [...tensors].flatMap(([name, tensor]) =>
          oursOf(name) === undefined ? [] : [[oursOf(name)!, tensor] as const],
        ),
      );
      checkSizes(path, file, backbone, params);
      checkParts(path, file, backbone, params);
      const {resampled, ...placed} = positioned(path, file, backbone, params, grid);
      const wanted = leaves(params);
      // fixed positions are no parameter, and have been compared
      const known = new Set([...wanted.map(([name]) => name), 'pos_embed']);
      const loaded = wanted.map(([name, start]): [string, tf.Tensor] => {
        const saved = (placed as Record<string, tf.Tensor | undefined>)[name] ?? file.get(name);
        // [out, in, h, w] → [h, w, in, out]
        const tensor = saved?.rank === 4 ? saved.transpose([2, 3, 1, 0]) : (saved ?? start).clone();
        check(
          String(tensor.shape) === String(start.shape),
          'loadVit',
          `expected ${name} of shape [${start.shape}], got [${tensor.shape}] in ${path}`,
        );
        return [name, tensor];
      });
      const missing = wanted.map(([name]) => name).filter(name => !file.has(name));
      const unexpected = names.filter(name => !known.has(oursOf(name) ?? ''));
      const report = reportOf(path, own, wanted.length, {missing, unexpected, resampled}, file.has('pos_embed'));
      return {params: fromNames(loaded), missing, unexpected, ...(resampled && {resampled}), report};
    });
  } finally {
    tf.dispose([...tensors.values()]);
  }
}

function prefixOf(path: string, names: string[], prefix?: string): string {
  const found = names.filter(name => name.endsWith(marker)).map(name => name.slice(0, -marker.length));
  check(
    found.length > 0,
    'loadVit',
    `expected a Vision Transformer by timm's names in ${path}, got ${names.slice(0, 3).join(', ')} … and no ${marker}`,
  );
  const list = found.map(name => `'${name}'`).join(', ');
  check(
    prefix !== undefined || found.length === 1,
    'loadVit',
    `expected one transformer in ${path}, got those under ${list}: say which with prefix`,
  );
  check(
    prefix === undefined || found.includes(prefix),
    'loadVit',
    `expected a transformer under '${prefix}' in ${path}, got ${list}`,
  );
  return prefix ?? found[0]!;
}

/**
 * DINOv2 calls registers otherwise, and numbers blocks within chunks, blocks.<chunk>.<block>, where
 * it was trained in such.
 */
const timmName = (name: string) =>
  name.replace(/^register_tokens$/, 'reg_token').replace(/^blocks\.\d+\.(\d+\.)/, 'blocks.$1');

function checkSizes(path: string, file: Map<string, tf.Tensor>, backbone: Vit, params: Params): void {
  const [width, channels, patch] = file.get(marker)!.shape;
  const depth = Math.max(-1, ...[...file.keys()].map(name => Number(/^blocks\.(\d+)\./.exec(name)?.[1] ?? -1))) + 1;
  const size = Object.entries(vitSizes).find(([, known]) => known.width === width && known.depth === depth)?.[0];
  check(
    width === backbone.width && depth === backbone.depth,
    'loadVit',
    `expected width ${backbone.width} and ${backbone.depth} blocks, got width ${width} and ${depth} ` +
      `blocks in ${path}: ${size ? `that is a transformer of size '${size}'` : 'no size of vit has these'}`,
  );
  const own = leaves(params).find(([name]) => name === marker)![1].shape;
  check(
    patch === backbone.patch && channels === own[2],
    'loadVit',
    `expected patches of ${backbone.patch} px of ${own[2]} channels, got ${patch} px of ${channels} in ` +
      `${path}: make the transformer with these`,
  );
}

/**
 * The option of {@link vit} that gives or takes away this part, as the file has it; undefined where
 * there is none.
 */
function optionFor(name: string, file: Map<string, tf.Tensor>, {pool}: Vit): string | undefined {
  const there = file.has(name);
  if (name.startsWith('norm_pre.')) return `preNorm: ${there}`;
  if (name === 'patch_embed.proj.bias' && file.has('norm_pre.weight') !== there) return `preNorm: ${!there}`;
  if (/^blocks\.\d+\.ls[12]\.gamma$/.test(name)) return there ? 'layerScale: 1e-5' : 'no layerScale';
  if (name === 'reg_token') return `registers: ${there ? file.get(name)!.shape[1] : 0}`;
  if (name === 'cls_token') return `classToken: ${there}${!there && pool === 'token' ? ", pool: 'mean'" : ''}`;
  return undefined;
}

/**
 * @throws RangeError unless the file has all parts of the transformer and no others: heads and the
 * last norm aside.
 */
function checkParts(path: string, file: Map<string, tf.Tensor>, backbone: Vit, params: Params): void {
  const own = new Set([...leaves(params).map(([name]) => name), 'pos_embed']);
  const names = [...file.keys()];
  const others = names.filter(name => name.endsWith(`.${marker}`)).map(name => name.slice(0, -marker.length));
  const aside = (name: string) =>
    head.test(name) || lastNorm.test(name) || others.some(prefix => name.startsWith(prefix));
  const foreign = names.filter(name => !own.has(name) && !aside(name));
  const lacking = leaves(params)
    .map(([name]) => name)
    .filter(name => !file.has(name) && !lastNorm.test(name));
  const options = [...foreign, ...lacking].map(name => [name, optionFor(name, file, backbone)] as const);
  const hopeless = options.filter(([, option]) => option === undefined).map(([name]) => name);
  const remedy =
    hopeless.length > 0
      ? `no option of vit takes or replaces ${summary(hopeless)}`
      : `make the transformer with ${[...new Set(options.map(([, option]) => option))].join(', ')}`;
  const found = [foreign.length > 0 && summary(foreign), lacking.length > 0 && `no ${summary(lacking)}`];
  check(
    options.length === 0,
    'loadVit',
    `expected the parts of the transformer given, got ${found.filter(Boolean).join(', and ')} in ${path}: ${remedy}`,
  );
}

type Positioned = {pos_embed?: tf.Tensor; cls_token?: tf.Tensor; reg_token?: tf.Tensor; resampled?: Resampled};

/** Positions for our grid, and the tokens that take up those that have no place here. */
function positioned(
  path: string,
  file: Map<string, tf.Tensor>,
  {positions, classToken, registers, width}: Vit,
  params: Params,
  grid?: Grid,
): Positioned {
  const all = file.get('pos_embed') as tf.Tensor3D | undefined;
  const cls = file.get('cls_token');
  const reg = file.get('reg_token');
  if (!all) return {};
  const placed = positions === 'learned' && classToken && registers === 0 ? 1 : 0;
  const to = positions === 'learned' ? Math.sqrt((params.pos_embed as tf.Tensor).shape[1]! - placed) : undefined;
  const theirClass = cls ? 1 : 0;
  const theirAll = theirClass + (reg?.shape[1] ?? 0);
  const sideAfter = (before: number) => Math.sqrt(all.shape[1] - before);
  const gridAfter = (before: number): Grid => grid ?? [sideAfter(before), sideAfter(before)];
  const fits = (before: number) => {
    const [rows, columns] = gridAfter(before);
    return Number.isInteger(rows) && rows > 0 && rows * columns === all.shape[1] - before;
  };
  // tokens before the patches that have a position there
  const possible = [0, theirClass, theirAll].filter(fits);
  const wanted = grid ? `of ${by(grid)} patches` : 'of a square grid';
  const remedy = grid ? '' : ': say the rows and columns of patches with grid';
  check(
    all.shape[2] === width && possible.length > 0,
    'loadVit',
    `expected positions [1, l, ${width}] ${wanted}, with or without a class token's, got [${all.shape}] in ${path}` +
      remedy,
  );
  const before = possible.find(count => gridAfter(count)[0] === to) ?? possible[0]!;
  const from = gridAfter(before);
  const own = (start: number, size: number) => all.slice([0, start, 0], [1, size, width]);
  const patches = own(before, from[0] * from[1]).reshape([-1, width]) as tf.Tensor2D;
  const seeming = grid ?? seemingGrid(patches, from[0]);
  check(
    by(seeming) === by(from),
    'loadVit',
    `expected positions of ${by(from)} patches, got some in ${path} that seem made for ${by(seeming)}: say with grid`,
  );
  const folded = {
    ...(cls && placed === 0 && before > 0 && {cls_token: cls.add(own(0, 1))}),
    ...(reg && placed === 0 && before === theirAll && {reg_token: reg.add(own(theirClass, theirAll - theirClass))}),
  };
  if (to === undefined) {
    const off = patches
      .sub(sinCosPositions(...from, width))
      .abs()
      .max()
      .dataSync()[0]!;
    check(
      off < 0.01,
      'loadVit', // 16-bit floats are 0.004 away
      `expected sines and cosines as positions, which are fixed here, got others in ${path}, ` +
        `up to ${off.toPrecision(2)} away: make the transformer with positions 'learned'`,
    );
    return folded;
  }
  const resized = resamplePositions(patches, from, [to, to]).expandDims(0); // [1, to², width]
  const first = placed === 0 ? [] : [cls && before > 0 ? own(0, 1) : tf.zeros([1, 1, width])];
  const resampled: Resampled | undefined = by(from) === by([to, to]) ? undefined : {from: [...from], to: [to, to]};
  return {...folded, pos_embed: tf.concat([...first, resized], 1), ...(resampled && {resampled})};
}

const by = ([rows, columns]: Grid) => `${rows} × ${columns}`;

/**
 * A table of positions does not say how many rows it has, but positions one below the other are
 * alike. Where they are so in an oblong of up to 1 : 4, with at most half the mean squared distance
 * in the square, it seems made for that.
 */
function seemingGrid(positions: tf.Tensor2D, side: number): Grid {
  const [l, width] = positions.shape;
  const distance = (columns: number) =>
    positions
      .slice([columns, 0])
      .sub(positions.slice([0, 0], [l - columns, width]))
      .square()
      .mean()
      .dataSync()[0]!;
  const widths = Array.from({length: 2 * side}, (_, i) => i + 1).filter(n => l % n === 0 && n >= side / 2 && n < l);
  if (!widths.includes(side)) return [side, side]; // a single patch
  const nearest = widths
    .map(columns => ({columns, apart: distance(columns)}))
    .reduce((a, b) => (b.apart < a.apart ? b : a));
  return nearest.apart < distance(side) / 2 ? [l / nearest.columns, nearest.columns] : [side, side];
}

function reportOf(
  path: string,
  prefix: string,
  parameters: number,
  {missing, unexpected, resampled}: Pick<LoadedVit, 'missing' | 'unexpected' | 'resampled'>,
  positions: boolean,
): string {
  return [
    `${parameters - missing.length} of ${parameters} parameters from ${path}${prefix && `, under '${prefix}'`}`,
    !positions && 'no positions there: the sines and cosines are used that are fixed here',
    resampled && `positions interpolated from ${by(resampled.from)} patches to ${by(resampled.to)}`,
    missing.length > 0 && `missing there, and left as given: ${summary(missing)}`,
    unexpected.length > 0 && `not used: ${summary(unexpected)}`,
  ]
    .filter(Boolean)
    .join('\n');
}

/** Names that differ in a number only, once: blocks.*.ls1.gamma (12). */
function summary(names: string[]): string {
  const counts = new Map<string, number>();
  for (const pattern of names.map(name => name.replace(/(?<=\.)\d+(?=\.)/g, '*')))
    counts.set(pattern, (counts.get(pattern) ?? 0) + 1);
  return [...counts].map(([name, n]) => (n > 1 ? `${name} (${n})` : name)).join(', ');
}
