import assert from 'node:assert/strict';
import {test} from 'node:test';
import {namedVit} from '../../lib/backbones/namedBackbone';
import {smallConv} from '../../lib/backbones/smallConv';
import type {Vit} from '../../lib/backbones/vit';
import {fold, key, uniform} from '../../lib/engine/random';
import {tf} from '../../lib/engine/tf';
import {pcl} from '../../lib/methods/clusters/pcl';
import {swav} from '../../lib/methods/clusters/swav';
import {instanceDiscrimination} from '../../lib/methods/contrastive/instanceDiscrimination';
import {moco} from '../../lib/methods/contrastive/moco';
import {mocoV3} from '../../lib/methods/contrastive/mocoV3';
import {pirl} from '../../lib/methods/contrastive/pirl';
import {simclr} from '../../lib/methods/contrastive/simclr';
import {masksOf} from '../../lib/masks/masks';
import {dino} from '../../lib/methods/distillation/dino';
import {ibot} from '../../lib/methods/masked/ibot';
import {vicreg} from '../../lib/methods/negativeFree/vicreg';
import {siamese} from '../../lib/methods/parts/siamese';
import type {Backbone, Method, Params} from '../../lib/module';
import {encoded, passes} from '../../lib/study/passes';
import {methodRecord, type MethodSettings} from '../../lib/methods/catalogue';
import {namedRecipe, recipeDefaults} from '../../lib/views/recipes/namedRecipe';
import {tinyDataset} from './tinyDataset';

const [N, SIDE, LOCAL] = [16, 32, {count: 2, scale: 0.5}];
const widths = {projector: [16]};
const one = (name: string) => uniform(fold(key(1), name), [N, SIDE, SIDE, 3]);
const small = (name: string) => uniform(fold(key(1), name), [N, LOCAL.scale * SIDE, LOCAL.scale * SIDE, 3]);

/** The same method, by its options here and as plain data. */
const methods: [MethodSettings, (backbone: Backbone) => unknown][] = [
  [{method: 'simclr'}, backbone => simclr({backbone, ...widths})],
  [{method: 'instanceDiscrimination'}, backbone => instanceDiscrimination({backbone, size: 40, ...widths})],
  [{method: 'moco'}, backbone => moco({backbone, queue: 32, ...widths})],
  [{method: 'mocoV3'}, backbone => mocoV3({backbone, hidden: 16, width: 16})],
  [{method: 'vicreg'}, backbone => vicreg({backbone, ...widths})],
  [{method: 'siamese'}, backbone => siamese({backbone})],
  [{method: 'siamese', options: {teacher: 0}}, backbone => siamese({backbone, teacher: 0})],
  [
    {method: 'pirl', options: {transform: 'rotation'}},
    backbone => pirl({backbone, size: 40, transform: 'rotation', width: 16}),
  ],
  [{method: 'pirl'}, backbone => pirl({backbone, size: 40, width: 16})],
  [{method: 'pcl'}, backbone => pcl({backbone, size: 40, clusters: [4], queue: 32, ...widths})],
  [{method: 'swav'}, backbone => swav({backbone, prototypes: 8, ...widths})],
  [{method: 'dino'}, backbone => dino({backbone, hidden: 16, bottleneck: 16, prototypes: 8})],
];

for (const [settings, build] of methods) {
  test(`${settings.method} ${JSON.stringify(settings.options ?? {})}: as many images go through the backbone as are counted`, () =>
    tf.tidy(() => {
      let pixels = 0;
      const inner = smallConv({width: 16});
      const method = build({
        ...inner,
        apply: (params, images, mode) => {
          pixels += images.shape[0] * images.shape[1] * images.shape[2];
          return inner.apply(params, images, mode);
        },
      }) as Method<unknown, Params, Params, Params>;
      const params = method.init(key(2));
      const batch = {
        first: one('first'),
        second: one('second'),
        view: one('first'),
        global: [one('first'), one('second')],
        local: [small('a'), small('b')],
        index: tf.range(0, N, 1, 'int32'),
      };
      method.loss(params, batch, method.initState?.(params, key(3)) ?? {}, {
        key: key(4),
        index: tf.scalar(0, 'int32'),
        progress: tf.scalar(0),
        stepsPerEpoch: 2,
      } as never);
      const {learned, watched} = encoded({method: settings, local: LOCAL, side: SIDE});
      const clustering = settings.method === 'pcl' ? 1 : 0; // not in a step
      assert.ok(
        Math.abs(pixels / (N * SIDE * SIDE) - (learned + watched - clustering)) < 1e-9,
        `${pixels / (N * SIDE * SIDE)} encoded, ${learned} and ${watched} counted`,
      );
    }));
}

test('iBOT: as many images go through the transformer as are counted, masked or not', () =>
  tf.tidy(() => {
    let pixels = 0;
    const inner = namedVit('vit-nano-token', 3);
    const counted =
      <R>(of: (params: Params, images: tf.Tensor4D, ...more: never[]) => R) =>
      (params: Params, images: tf.Tensor4D, ...more: unknown[]) => {
        pixels += images.shape[0] * images.shape[1] * images.shape[2];
        return of(params, images, ...(more as never[]));
      };
    const backbone = {...inner, apply: counted(inner.apply), tokens: counted(inner.tokens)} as Vit;
    const method = ibot({backbone, hidden: 16, bottleneck: 16, prototypes: 8});
    const params = method.init(key(2));
    const batch = {
      global: [one('first'), one('second')],
      local: [small('a'), small('b')],
      index: tf.range(0, N, 1, 'int32'),
      masks: masksOf(tf.ones([2 * N, 64]).mul(tf.range(0, 64).less(20)) as tf.Tensor2D),
    };
    method.loss(params, batch, method.initState!(params, key(3)), {
      key: key(4),
      index: tf.scalar(0, 'int32'),
      progress: tf.scalar(0),
      stepsPerEpoch: 2,
      epochs: 1,
    });
    const {learned, watched} = encoded({method: {method: 'ibot'}, local: LOCAL, side: SIDE});
    assert.ok(
      Math.abs(pixels / (N * SIDE * SIDE) - (learned + watched)) < 1e-9,
      `${pixels / (N * SIDE * SIDE)} encoded, ${learned} and ${watched} counted`,
    );
  }));

test('MAE and SdAE: as many tokens go through the transformer as are counted', () =>
  tf.tidy(() => {
    const parts = {dataset: {...tinyDataset(SIDE)}, backboneName: 'vit-nano'} as const;
    for (const settings of [
      {method: 'mae', mask: {strategy: 'random', ratio: 0.75}},
      {method: 'mae', mask: {strategy: 'random', ratio: 0.75}, options: {maskTokenInEncoder: true}},
      {method: 'sdae', ratio: 0.75},
    ] as const) {
      let tokens = 0;
      const inner = namedVit('vit-nano', 3);
      const l = (SIDE / 4) ** 2;
      const backbone: Vit = {
        ...inner,
        tokens(params, images, mode, options) {
          tokens += images.shape[0] * (options?.kept ? options.kept.shape[1] : l);
          return inner.tokens(params, images, mode, options);
        },
      };
      const record = methodRecord<'mae' | 'sdae'>(settings);
      const method = record.make(settings, {...parts, backbone});
      const source = record.source(settings, {
        ...parts,
        backbone,
        recipe: namedRecipe(recipeDefaults, parts.dataset),
        crops: {global: [], local: []},
      });
      const params = method.init(key(2));
      const batch = source.batch(tf.range(0, N, 1, 'int32'), key(3), {});
      method.loss(params, batch, method.initState?.(params, key(3)) ?? {}, {
        key: key(4),
        index: tf.scalar(0, 'int32'),
        progress: tf.scalar(0),
        stepsPerEpoch: 2,
        epochs: 1,
      });
      source.dispose();
      const {learned, watched} = encoded({method: settings, local: LOCAL, side: SIDE});
      assert.ok(
        Math.abs(tokens / (N * l) - (learned + watched)) < 1e-9,
        `${settings.method}: ${tokens / (N * l)} encoded, ${learned} and ${watched} counted`,
      );
    }
  }));

test('a pass backwards counts two forwards', () => {
  assert.equal(passes({method: {method: 'simclr'}, local: {count: 0, scale: 0.5}, side: 32}), 6);
  assert.equal(passes({method: {method: 'dino'}, local: LOCAL, side: 32}), 9.5);
});
