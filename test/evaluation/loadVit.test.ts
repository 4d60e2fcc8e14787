// slow: computes for seconds

import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {after, test} from 'node:test';
import {vit, type VitOptions} from '../../lib/backbones/vit';
import {key} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {loadVit} from '../../lib/evaluation/loadVit';
import {saveVit} from '../../lib/evaluation/saveVit';
import {resamplePositions, sinCosPositions} from '../../lib/layers/positions';
import type {Params} from '../../lib/module';
import {leaves, map} from '../../lib/engine/params';
import {readSafetensors, type Values, writeSafetensors} from '../../lib/datasets/files/safetensors';
import {close} from '../close';
import {flat} from '../flat';
import {hashed} from '../reference/hashed';
import reference from '../reference/vitOptions.json';
import {filled, weight} from '../reference/vitWeights';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'vit-'));
after(() => fs.rmSync(folder, {recursive: true}));

const nano = {size: 'nano', patch: 4, image: 16} as const;
const images = tf.tensor4d(hashed('images', [2, 16, 16, 3]), [2, 16, 16, 3]);
const hashedParams = (options: VitOptions) =>
  tf.tidy(() => map(vit(options).init(key(0)), ({shape}, name) => filled(name, shape)));
const started = (options: VitOptions) => ({backbone: vit(options), params: vit(options).init(key(1))});

/** Writes weights of these names and shapes, in torch's layout. */
async function written(
  name: string,
  shapes: Record<string, number[]>,
  own: Record<string, Float32Array> = {},
): Promise<string> {
  const file = path.join(folder, name);
  await writeSafetensors(
    file,
    new Map(
      Object.entries(shapes).map(([leaf, shape]): [string, Values] => [
        leaf,
        {shape, values: own[leaf] ?? weight(leaf, shape)},
      ]),
    ),
  );
  return file;
}
/** Names and shapes of our transformer, in torch's layout, after `prefix`. */
const shapesOf = (params: Params, prefix = '') =>
  Object.fromEntries(
    leaves(params).map(([name, {shape}]) => [
      prefix + name,
      shape.length === 4 ? [3, 2, 0, 1].map(i => shape[i]!) : shape,
    ]),
  );

for (const [name, options] of [
  ['class token', {}],
  ['registers, LayerScale, mean', {pool: 'mean', registers: 2, layerScale: 1e-5}],
] as const) {
  test(`${name}: a file of ours is timm's byte for byte, and read back embeds as timm does`, async () => {
    const file = path.join(folder, 'ours');
    const expected = reference.files[name];
    const all = {...nano, ...options};
    const {backbone, params} = started(all);
    // the hashed ones
    await flat(async () => saveVit(file, {backbone, params: hashedParams(all)}), leaves(params).length);
    assert.equal(fs.statSync(file).size, expected.bytes);
    assert.equal(createHash('sha256').update(fs.readFileSync(file)).digest('hex'), expected.sha256);
    const loaded = await flat(() => loadVit(file, {backbone, params}), leaves(params).length);
    assert.deepEqual([loaded.missing, loaded.unexpected, loaded.resampled], [[], [], undefined]);
    assert.equal(loaded.report, `${leaves(params).length} of ${leaves(params).length} parameters from ${file}`);
    close(tf.tidy(() => backbone.apply(loaded.params, images, {})).dataSync(), expected.embedding, 1e-4);
  });
}

test('fixed positions are written as a parameter, as timm and MAE keep them, and compared when read', async () => {
  const file = path.join(folder, 'fixed');
  const {backbone, params} = started({size: 'nano', patch: 4, positions: 'sinCos'});
  await flat(() => saveVit(file, {backbone, params, image: 16, metadata: {method: 'mae'}}));
  const {tensors, metadata} = await readSafetensors(file);
  assert.equal(metadata.method, 'mae');
  assert.deepEqual(tensors.get('pos_embed')!.shape, [1, 17, 128]);
  const learned = started(nano);
  const read = await loadVit(file, {...learned});
  close(
    tf.tidy(() => learned.backbone.apply(read.params, images, {})).dataSync(),
    backbone.apply(params, images, {}).dataSync(),
    1e-5,
  );
  assert.deepEqual((await loadVit(file, {backbone, params})).unexpected, []);
  await assert.rejects(
    saveVit(file, {backbone, params}),
    /^RangeError: saveVit: expected the size of the images, a multiple of the patch of 4 px, to write positions for, got 0/,
  );
  const timm = path.join(folder, 'timm');
  await saveVit(timm, {...learned, params: hashedParams(nano)});
  await assert.rejects(
    loadVit(timm, {backbone, params}),
    /^RangeError: loadVit: expected sines and cosines as positions, which are fixed here, got others in .*timm, up to 2\.0 away: make the transformer with positions 'learned'/,
  );
});

test("DINOv2 with registers: names, the class token's position and another grid as timm takes them", async () => {
  const options = {...nano, registers: 4, layerScale: 1e-5};
  for (const chunks of [false, true]) {
    const shapes = Object.entries(reference.dinov2.shapes);
    const own = (name: string) =>
      chunks ? name.replace(/^blocks\.(\d)/, (_, i) => `blocks.${Math.floor(i / 2)}.${i}`) : name;
    const file = await written(
      'dinov2',
      Object.fromEntries(shapes.map(([name, shape]) => [own(name), shape])),
      Object.fromEntries(shapes.map(([name, shape]) => [own(name), weight(name, shape)])),
    );
    const {backbone, params} = started(options);
    const loaded = await loadVit(file, {backbone, params});
    close(tf.tidy(() => backbone.apply(loaded.params, images, {})).dataSync(), reference.dinov2.embedding, 1e-4);
    assert.deepEqual(
      [loaded.missing, loaded.unexpected, loaded.resampled],
      [[], ['mask_token'], {from: [3, 3], to: [4, 4]}],
    );
    assert.equal(
      loaded.report,
      `${leaves(params).length} of ${leaves(params).length} parameters from ${file}\npositions ` +
        `interpolated from 3 × 3 patches to 4 × 4\nnot used: mask_token`,
    );
  }
});

test("positions of another grid with a class token's as timm takes them; prefixes of wrappers", async () => {
  const {backbone, params} = started(nano);
  const own = {...shapesOf(params), pos_embed: [1, 10, 128]};
  for (const prefix of ['', 'backbone.', 'module.', 'encoder.', 'teacher.module.backbone.']) {
    const names = Object.entries(own);
    const file = await written(
      'smaller',
      Object.fromEntries([...names.map(([name, shape]) => [prefix + name, shape]), ['head.weight', [2, 128]]]),
      Object.fromEntries(names.map(([name, shape]) => [prefix + name, weight(name, shape)])),
    );
    const loaded = await loadVit(file, {backbone, params});
    close(tf.tidy(() => backbone.apply(loaded.params, images, {})).dataSync(), reference.smaller.embedding, 1e-4);
    assert.deepEqual([loaded.missing, loaded.unexpected], [[], ['head.weight']]);
    if (prefix) assert.match(loaded.report, new RegExp(`, under '${prefix}'\n`));
  }
});

test("a norm behind the other pool, heads and decoders are told; the first is left as given: MAE's file", async () => {
  const {backbone, params} = started({...nano, pool: 'mean', classToken: true});
  const marked = tf.tidy(() =>
    map(params, (tensor, name) => (name === 'fc_norm.bias' ? tf.fill([128], 0.5) : tensor.clone())),
  );
  const encoder = shapesOf(vit(nano).init(key(0)));
  const decoder = {
    mask_token: [1, 1, 64],
    'decoder_blocks.0.norm1.weight': [64],
    'decoder_blocks.1.norm1.weight': [64],
    decoder_pos_embed: [1, 17, 64],
  };
  const file = await written('mae', {...encoder, ...decoder});
  const loaded = await loadVit(file, {backbone, params: marked});
  assert.deepEqual(loaded.missing, ['fc_norm.bias', 'fc_norm.weight']);
  assert.deepEqual(loaded.unexpected.sort(), [...Object.keys(decoder), 'norm.bias', 'norm.weight'].sort());
  assert.match(loaded.report, /missing there, and left as given: fc_norm\.bias, fc_norm\.weight\nnot used: /);
  assert.match(loaded.report, /decoder_blocks\.\*\.norm1\.weight \(2\)/);
  const bias = leaves(loaded.params).find(([name]) => name === 'fc_norm.bias')![1];
  tf.dispose([params, marked]);
  close(bias.dataSync(), Array(128).fill(0.5), 0); // what was given is copied
});

/** Tokens of small variance, in which what a norm adds to it is seen. */
const quiet = (name: string, shape: number[]) =>
  weight(name, shape).map(v => (/^(pos_embed|cls_token|patch_embed)/.test(name) ? v / 500 : v));

/**
 * CLIP's encoder as timm's VisionTransformer computes it, written out in torch's layout for images
 * of 16 px.
 */
const restated = (shapes: Record<string, number[]>, epsilon: number) =>
  tf.tidy(() => {
    const at = (name: string) => tf.tensor(quiet(name, shapes[name]!), shapes[name]);
    const normed = (x: tf.Tensor, name: string) => {
      const {mean, variance} = tf.moments(x, -1, true);
      return x
        .sub(mean)
        .div(variance.add(epsilon).sqrt())
        .mul(at(`${name}.weight`))
        .add(at(`${name}.bias`));
    };
    const mapped = (x: tf.Tensor, name: string) => {
      const y = x.reshape([-1, x.shape.at(-1)!]).matMul<tf.Tensor2D>(at(`${name}.weight`), false, true);
      return y.add(at(`${name}.bias`)).reshape([...x.shape.slice(0, -1), -1]);
    };
    const scaled = (x: tf.Tensor, name: string) => (name in shapes ? x.mul(at(name)) : x);
    const kernel = (at('patch_embed.proj.weight') as tf.Tensor4D).transpose<tf.Tensor4D>([2, 3, 1, 0]);
    const embedded = tf.conv2d(images, kernel, 4, 'valid').reshape<tf.Tensor3D>([2, 16, 128]);
    const patches = 'patch_embed.proj.bias' in shapes ? embedded.add(at('patch_embed.proj.bias')) : embedded;
    let x: tf.Tensor = tf.concat([at('cls_token').tile([2, 1, 1]), patches], 1).add(at('pos_embed'));
    if ('norm_pre.weight' in shapes) x = normed(x, 'norm_pre');
    for (let i = 0; i < 4; i++) {
      const block = `blocks.${i}`;
      const heads = mapped(normed(x, `${block}.norm1`), `${block}.attn.qkv`)
        .reshape([2, 17, 3, 2, 64])
        .transpose([2, 0, 3, 1, 4]);
      const [q, k, v] = tf.unstack(heads) as [tf.Tensor4D, tf.Tensor4D, tf.Tensor4D];
      const mixed = tf
        .softmax(tf.matMul(q, k, false, true).div(8))
        .matMul(v)
        .transpose([0, 2, 1, 3])
        .reshape([2, 17, 128]);
      x = x.add(scaled(mapped(mixed, `${block}.attn.proj`), `${block}.ls1.gamma`));
      const hidden = mapped(normed(x, `${block}.norm2`), `${block}.mlp.fc1`);
      const active = hidden.mul(hidden.div(Math.SQRT2).erf().add(1)).div(2);
      x = x.add(scaled(mapped(active, `${block}.mlp.fc2`), `${block}.ls2.gamma`));
    }
    return normed(x, 'norm').slice([0, 0, 0], [-1, 1, -1]).dataSync();
  });

test("CLIP's norm before the blocks, no bias of the patches, LayerScale's factors: the file's function", async () => {
  for (const [name, options, epsilon] of [
    ['clip', {preNorm: true}, 1e-5],
    ['scaled', {layerScale: 1}, 1e-6],
    ['both', {preNorm: true, layerScale: 1e-5}, 1e-5],
  ] as const) {
    const {backbone, params} = started({...nano, ...options});
    const shapes = shapesOf(params);
    assert.equal('patch_embed.proj.bias' in shapes, !('preNorm' in options));
    const values = Object.fromEntries(Object.entries(shapes).map(([leaf, shape]) => [leaf, quiet(leaf, shape)]));
    const file = await written(name, {...shapes, 'head.weight': [5, 128], 'head.bias': [5]}, values);
    const loaded = await loadVit(file, {backbone, params});
    assert.deepEqual([loaded.missing, loaded.unexpected], [[], ['head.bias', 'head.weight']]);
    const embedding = tf.tidy(() => backbone.apply(loaded.params, images, {}));
    close(embedding.dataSync(), restated(shapes, epsilon), 1e-4);
    const again = path.join(folder, 'again');
    await saveVit(again, {backbone, params: loaded.params});
    const {params: read} = await loadVit(again, {backbone, params});
    close(tf.tidy(() => backbone.apply(read, images, {})).dataSync(), embedding.dataSync(), 0);
  }
});

test('parts that would make it another function are refused by name, with the option that takes them', async () => {
  const plain = shapesOf(vit(nano).init(key(0)));
  const refused = async (
    parts: Record<string, number[]>,
    message: RegExp,
    options: Partial<VitOptions> = {},
    without?: RegExp,
  ) => {
    const kept = Object.entries(plain).filter(([name]) => !without?.test(name));
    const file = await written('foreign', {...Object.fromEntries(kept), ...parts});
    const given = started({...nano, ...options});
    await flat(() =>
      assert.rejects(loadVit(file, given), error => {
        assert.ok(error instanceof RangeError);
        assert.match(error.message, message);
        assert.match(error.message, /^loadVit: expected the parts of the transformer given, got [^\n]*$/);
        return true;
      }),
    );
    tf.dispose(given.params);
  };
  const each = (part: string, shape: number[]) =>
    Object.fromEntries([0, 1, 2, 3].map(i => [`blocks.${i}.${part}`, shape]));
  const norm = {'norm_pre.weight': [128], 'norm_pre.bias': [128]};
  const scale = {...each('ls1.gamma', [128]), ...each('ls2.gamma', [128])};
  await refused(
    norm,
    /got norm_pre\.bias, norm_pre\.weight, and no patch_embed\.proj\.bias in .*: make .* with preNorm: true$/,
    {},
    /^patch_embed\.proj\.bias/,
  );
  await refused(
    {},
    /got patch_embed\.proj\.bias, and no norm_pre\.bias, norm_pre\.weight in .*: make .* with preNorm: false$/,
    {preNorm: true},
  );
  await refused(
    scale,
    /got blocks\.\*\.ls1\.gamma \(4\), blocks\.\*\.ls2\.gamma \(4\) in .*: make .* with layerScale: 1e-5$/,
  );
  await refused({}, /got no blocks\.\*\.ls1\.gamma \(4\), .* in .*: make the transformer with no layerScale$/, {
    layerScale: 0.5,
  });
  await refused({reg_token: [1, 4, 128]}, /got reg_token in .*: make the transformer with registers: 4$/);
  await refused({}, /got no reg_token in .*: make the transformer with registers: 0$/, {registers: 4});
  await refused({}, /got cls_token in .*: make the transformer with classToken: true$/, {pool: 'mean'});
  await refused(
    {pos_embed: [1, 16, 128]},
    /got no cls_token in .*: make the transformer with classToken: false, pool: 'mean'$/,
    {},
    /^cls_token/,
  );
  const queries = {...each('attn.q_norm.weight', [64]), ...each('attn.k_norm.weight', [64])};
  const ofQueries = String.raw`blocks\.\*\.attn\.k_norm\.weight \(4\), blocks\.\*\.attn\.q_norm\.weight \(4\)`;
  await refused(queries, new RegExp(`got ${ofQueries} in .*: no option of vit takes or replaces ${ofQueries}$`));
  await refused({...queries, ...scale}, new RegExp(`no option of vit takes or replaces ${ofQueries}$`));
  const beit = {
    ...each('attn.relative_position_bias_table', [52, 2]),
    ...each('gamma_1', [128]),
    ...each('gamma_2', [128]),
  };
  await refused(
    beit,
    /blocks\.\*\.attn\.relative_position_bias_table \(4\), .*gamma_1 \(4\), .*gamma_2 \(4\), pos_embed$/,
    {},
    /^pos_embed/,
  );
  await refused({'rope.freqs': [2, 4, 2, 32]}, /takes or replaces rope\.freqs$/);
  await refused({'rope.periods': [16]}, /takes or replaces rope\.periods, pos_embed$/, {}, /^pos_embed/);
  await refused(
    {'attn_pool.latent': [1, 1, 128], 'attn_pool.q.weight': [128, 128]},
    /takes or replaces attn_pool\.latent, attn_pool\.q\.weight$/,
  );
  await refused({dist_token: [1, 1, 128], 'head_dist.weight': [5, 128]}, /takes or replaces dist_token$/);
});

test('positions of a grid that is no square: refused where they show it, taken with grid', async () => {
  const {backbone, params} = started({...nano, image: 24});
  const shapes = shapesOf(params);
  const table = (rows: number, columns: number) =>
    tf.tidy(() => {
      const noise = tf.tensor2d(hashed('noise', [rows * columns, 128]), [rows * columns, 128]).mul(0.3);
      return tf.concat([tf.ones([1, 128]), sinCosPositions(rows, columns, 128).add(noise)]).dataSync<'float32'>();
    });
  const file = await written('oblong', {...shapes, pos_embed: [1, 37, 128]}, {pos_embed: table(4, 9)});
  await flat(() =>
    assert.rejects(
      loadVit(file, {backbone, params}),
      /^RangeError: loadVit: expected positions of 6 × 6 patches, got some in .* that seem made for 4 × 9: say with grid$/,
    ),
  );
  const loaded = await loadVit(file, {backbone, params, grid: [4, 9]});
  assert.deepEqual(loaded.resampled, {from: [4, 9], to: [6, 6]});
  assert.match(loaded.report, /positions interpolated from 4 × 9 patches to 6 × 6/);
  const own = tf.tensor2d(table(4, 9).slice(128), [36, 128]);
  const {pos_embed} = loaded.params as {pos_embed: tf.Tensor3D};
  close(pos_embed.slice([0, 1, 0]).dataSync(), resamplePositions(own, [4, 9], [6, 6]).dataSync(), 0);
  await assert.rejects(
    loadVit(file, {backbone, params, grid: [5, 9]}),
    /^RangeError: loadVit: expected positions \[1, l, 128\] of 5 × 9 patches, .* got \[1,37,128\] in .*oblong$/,
  );
  const square = await written('square', shapes, {pos_embed: table(6, 6)});
  assert.equal((await loadVit(square, {backbone, params})).resampled, undefined);
  const fixed = started({size: 'nano', patch: 4, positions: 'sinCos'});
  const bare = tf.tidy(() =>
    sinCosPositions(4, 9, 128)
      .pad([
        [1, 0],
        [0, 0],
      ])
      .dataSync<'float32'>(),
  );
  const lying = await written('lying', {...shapesOf(fixed.params), pos_embed: [1, 37, 128]}, {pos_embed: bare});
  await assert.rejects(loadVit(lying, fixed), /seem made for 4 × 9: say with grid$/);
  assert.deepEqual((await loadVit(lying, {...fixed, grid: [4, 9]})).missing, []);
});

test('without positions in the file the fixed ones are used, which the report says', async () => {
  const {backbone, params} = started({size: 'nano', patch: 4, positions: 'sinCos'});
  const file = await written('bare', shapesOf(params));
  const {report} = await loadVit(file, {backbone, params});
  assert.match(report, /\nno positions there: the sines and cosines are used that are fixed here$/);
});

test('refused: a checkpoint of another width, depth or patch, or of two transformers; nothing is left', async () => {
  const {backbone, params} = started(nano);
  const refused = async (options: VitOptions, message: RegExp) => {
    const file = path.join(folder, 'other');
    const other = started(options);
    await saveVit(file, other);
    tf.dispose(other.params);
    await flat(() => assert.rejects(loadVit(file, {backbone, params}), message));
  };
  await refused(
    {...nano, size: 'micro'},
    /^RangeError: loadVit: expected width 128 and 4 blocks, got width 192 and 6 blocks in .*other: that is a transformer of size 'micro'$/,
  );
  await refused(
    {...nano, patch: 8},
    /^RangeError: loadVit: expected patches of 4 px of 3 channels, got 8 px of 3 in .*other: make the transformer with these$/,
  );
  await refused(
    {...nano, channels: 1},
    /^RangeError: loadVit: expected patches of 4 px of 3 channels, got 4 px of 1 in .*other: make/,
  );
  const shapes = shapesOf(params);
  const odd = await written('odd', {...shapes, pos_embed: [1, 13, 128]});
  await assert.rejects(
    loadVit(odd, {backbone, params}),
    /^RangeError: loadVit: expected positions \[1, l, 128\] of a square grid, .*, got \[1,13,128\] in .*: say the rows .* with grid$/,
  );
  const bent = await written('bent', {...shapes, 'norm.bias': [64]});
  await assert.rejects(
    loadVit(bent, {backbone, params}),
    /^RangeError: loadVit: expected norm\.bias of shape \[128\], got \[64\] in .*bent$/,
  );
  const short = await written(
    'short',
    Object.fromEntries(Object.entries(shapes).filter(([name]) => !name.startsWith('blocks.3'))),
  );
  await assert.rejects(
    loadVit(short, {backbone, params}),
    /^RangeError: loadVit: expected width 128 and 4 blocks, got width 128 and 3 blocks in .*short: no size of vit has these$/,
  );
  const pair = await written('pair', {...shapesOf(params, 'student.'), ...shapesOf(params, 'teacher.')});
  await assert.rejects(
    loadVit(pair, {backbone, params}),
    /^RangeError: loadVit: expected one transformer in .*pair, got those under 'student\.', 'teacher\.': say which with prefix$/,
  );
  assert.equal((await loadVit(pair, {backbone, params, prefix: 'teacher.'})).unexpected.length, leaves(params).length);
  await assert.rejects(
    loadVit(pair, {backbone, params, prefix: 'encoder.'}),
    /^RangeError: loadVit: expected a transformer under 'encoder\.' in .*pair, got 'student\.', 'teacher\.'$/,
  );
  const none = await written('none', {'conv1.weight': [2, 3, 3, 3]});
  await assert.rejects(
    loadVit(none, {backbone, params}),
    /^RangeError: loadVit: expected a Vision Transformer by timm's names in .*none, got conv1\.weight … and no patch_embed\.proj\.weight$/,
  );
});
