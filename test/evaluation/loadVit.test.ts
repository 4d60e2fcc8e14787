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
import type {Params} from '../../lib/module';
import {leaves, map} from '../../lib/params';
import {readSafetensors, type Values, writeSafetensors} from '../../lib/training/safetensors';
import {close} from '../close';
import {flat} from '../flat';
import {hashed} from '../reference/hashed';
import reference from '../reference/vitOptions.json';
import {filled, weight} from '../reference/vitWeights';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'vit-'));
after(() => fs.rmSync(folder, {recursive: true}));

const nano = {size: 'nano', patch: 4, image: 16} as const;
const images = tf.tensor4d(hashed('images', [2, 16, 16, 3]), [2, 16, 16, 3]);
const hashedParams = (options: VitOptions) => tf.tidy(() => map(vit(options).init(key(0)), ({shape}, name) => filled(name, shape)));
const started = (options: VitOptions) => ({backbone: vit(options), params: vit(options).init(key(1))});

/** Writes weights of these names and shapes, in torch's layout. */
async function written(name: string, shapes: Record<string, number[]>, own: Record<string, Float32Array> = {}): Promise<string> {
  const file = path.join(folder, name);
  await writeSafetensors(file, new Map(Object.entries(shapes).map(([name, shape]): [string, Values] => [name, {shape, values: own[name] ?? weight(name, shape)}])));
  return file;
}
/** Names and shapes of our transformer, in torch's layout, after `prefix`. */
const shapesOf = (params: Params, prefix = '') => Object.fromEntries(leaves(params).map(([name, {shape}]) => [prefix + name, shape.length === 4 ? [3, 2, 0, 1].map(i => shape[i]!) : shape]));

for (const [name, options] of [['class token', {}], ['registers, LayerScale, mean', {pool: 'mean', registers: 2, layerScale: 1e-5}]] as const) {
  test(`${name}: a file of ours is timm's byte for byte, and read back embeds as timm does`, async () => {
    const file = path.join(folder, 'ours'), expected = reference.files[name], all = {...nano, ...options};
    const {backbone, params} = started(all);
    await flat(async () => saveVit(file, {backbone, params: hashedParams(all)}), leaves(params).length);   // the hashed ones
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
  close(tf.tidy(() => learned.backbone.apply(read.params, images, {})).dataSync(), backbone.apply(params, images, {}).dataSync(), 1e-5);
  assert.deepEqual((await loadVit(file, {backbone, params})).unexpected, []);
  await assert.rejects(saveVit(file, {backbone, params}), /^RangeError: saveVit: expected the size of the images, a multiple of the patch of 4 px, to write positions for, got 0/);
  const timm = path.join(folder, 'timm');
  await saveVit(timm, {...learned, params: hashedParams(nano)});
  await assert.rejects(loadVit(timm, {backbone, params}), /^RangeError: loadVit: expected sines and cosines as positions, which are fixed here, got others in .*timm, up to 2\.0 away: make the transformer with positions 'learned'/);
});

test('DINOv2 with registers: names, the class token\'s position and another grid as timm takes them', async () => {
  const options = {...nano, registers: 4, layerScale: 1e-5};
  for (const chunks of [false, true]) {
    const shapes = Object.entries(reference.dinov2.shapes), own = (name: string) => chunks ? name.replace(/^blocks\.(\d)/, (_, i) => `blocks.${Math.floor(i / 2)}.${i}`) : name;
    const file = await written('dinov2', Object.fromEntries(shapes.map(([name, shape]) => [own(name), shape])), Object.fromEntries(shapes.map(([name, shape]) => [own(name), weight(name, shape)])));
    const {backbone, params} = started(options);
    const loaded = await loadVit(file, {backbone, params});
    close(tf.tidy(() => backbone.apply(loaded.params, images, {})).dataSync(), reference.dinov2.embedding, 1e-4);
    assert.deepEqual([loaded.missing, loaded.unexpected, loaded.resampled], [[], ['mask_token'], {from: 3, to: 4}]);
    assert.equal(loaded.report, `${leaves(params).length} of ${leaves(params).length} parameters from ${file}\npositions interpolated from 3 × 3 patches to 4 × 4\nnot used: mask_token`);
  }
});

test('positions of another grid with a class token\'s as timm takes them; prefixes of wrappers', async () => {
  const {backbone, params} = started(nano);
  const own = {...shapesOf(params), pos_embed: [1, 10, 128]};
  for (const prefix of ['', 'backbone.', 'module.', 'encoder.', 'teacher.module.backbone.']) {
    const names = Object.entries(own);
    const file = await written('smaller', Object.fromEntries([...names.map(([name, shape]) => [prefix + name, shape]), ['head.weight', [2, 128]]]), Object.fromEntries(names.map(([name, shape]) => [prefix + name, weight(name, shape)])));
    const loaded = await loadVit(file, {backbone, params});
    close(tf.tidy(() => backbone.apply(loaded.params, images, {})).dataSync(), reference.smaller.embedding, 1e-4);
    assert.deepEqual([loaded.missing, loaded.unexpected], [[], ['head.weight']]);
    if (prefix) assert.match(loaded.report, new RegExp(`, under '${prefix}'\n`));
  }
});

test('missing and unexpected names are told, and the first are left as given: MAE\'s file for the mean over patches', async () => {
  const {backbone, params} = started({...nano, pool: 'mean', classToken: true, layerScale: 0.5});
  const encoder = shapesOf(vit(nano).init(key(0)));
  const file = await written('mae', {...encoder, mask_token: [1, 1, 64], 'decoder_blocks.0.norm1.weight': [64], 'decoder_blocks.1.norm1.weight': [64], decoder_pos_embed: [1, 17, 64]});
  const loaded = await loadVit(file, {backbone, params});
  assert.deepEqual(loaded.missing, [...[0, 1, 2, 3].flatMap(i => [`blocks.${i}.ls1.gamma`, `blocks.${i}.ls2.gamma`]), 'fc_norm.bias', 'fc_norm.weight']);
  assert.deepEqual(loaded.unexpected.sort(), ['decoder_blocks.0.norm1.weight', 'decoder_blocks.1.norm1.weight', 'decoder_pos_embed', 'mask_token', 'norm.bias', 'norm.weight']);
  assert.match(loaded.report, /missing there, and left as given: blocks\.\*\.ls1\.gamma \(4\), blocks\.\*\.ls2\.gamma \(4\), fc_norm\.bias, fc_norm\.weight\nnot used: .*decoder_blocks\.\*\.norm1\.weight \(2\)/);
  const gamma = leaves(loaded.params).find(([name]) => name === 'blocks.2.ls1.gamma')![1];
  close(gamma.dataSync(), Array(128).fill(0.5), 0);
  tf.dispose(params);
  assert.ok(!gamma.isDisposed, 'what was given is copied');
});

test('a checkpoint of another width, depth, patch, or of two transformers is refused in one line; nothing is left', async () => {
  const {backbone, params} = started(nano);
  const refused = async (options: VitOptions, message: RegExp) => {
    const file = path.join(folder, 'other'), other = started(options);
    await saveVit(file, other);
    tf.dispose(other.params);
    await flat(() => assert.rejects(loadVit(file, {backbone, params}), message));
  };
  await refused({...nano, size: 'micro'}, /^RangeError: loadVit: expected width 128 and 4 blocks, got width 192 and 6 blocks in .*other: that is a transformer of size 'micro'$/);
  await refused({...nano, patch: 8}, /^RangeError: loadVit: expected patches of 4 px of 3 channels, got 8 px of 3 in .*other: make the transformer with these$/);
  await refused({...nano, channels: 1}, /^RangeError: loadVit: expected patches of 4 px of 3 channels, got 4 px of 1 in .*other: make/);
  const shapes = shapesOf(params);
  const odd = await written('odd', {...shapes, pos_embed: [1, 13, 128]});
  await assert.rejects(loadVit(odd, {backbone, params}), /^RangeError: loadVit: expected positions \[1, l, 128\] of a square grid, with or without a class token's, got \[1,13,128\] in .*odd$/);
  const bent = await written('bent', {...shapes, 'norm.bias': [64]});
  await assert.rejects(loadVit(bent, {backbone, params}), /^RangeError: loadVit: expected norm\.bias of shape \[128\], got \[64\] in .*bent$/);
  const short = await written('short', Object.fromEntries(Object.entries(shapes).filter(([name]) => !name.startsWith('blocks.3'))));
  await assert.rejects(loadVit(short, {backbone, params}), /^RangeError: loadVit: expected width 128 and 4 blocks, got width 128 and 3 blocks in .*short: no size of vit has these$/);
  const pair = await written('pair', {...shapesOf(params, 'student.'), ...shapesOf(params, 'teacher.')});
  await assert.rejects(loadVit(pair, {backbone, params}), /^RangeError: loadVit: expected one transformer in .*pair, got those under 'student\.', 'teacher\.': say which with prefix$/);
  assert.equal((await loadVit(pair, {backbone, params, prefix: 'teacher.'})).unexpected.length, leaves(params).length);
  await assert.rejects(loadVit(pair, {backbone, params, prefix: 'encoder.'}), /^RangeError: loadVit: expected a transformer under 'encoder\.' in .*pair, got 'student\.', 'teacher\.'$/);
  const none = await written('none', {'conv1.weight': [2, 3, 3, 3]});
  await assert.rejects(loadVit(none, {backbone, params}), /^RangeError: loadVit: expected a Vision Transformer by timm's names in .*none, got conv1\.weight … and no patch_embed\.proj\.weight$/);
});
