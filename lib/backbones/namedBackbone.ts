// A backbone by name: for command lines and for the options that a run keeps.

import {check} from '../check';
import type {Backbone} from '../module';
import {pooledConv} from './pooledConv';
import {resnet} from './resnet';
import {smallConv} from './smallConv';
import {vit, type Vit, type VitSize} from './vit';

/**
 * Transformers with a class token and fixed positions: of patches of 4 px, and of 16 px where the
 * name says so. Their embedding is the mean over patches, as MAE trains them; where the name ends
 * in -token it is the class token, as DINO and iBOT train them, and what it looks at is learned.
 */
export const vitNames = [
  'vit-nano',
  'vit-micro',
  'vit-small-16',
  'vit-base-16',
  'vit-large-16',
  'vit-nano-token',
  'vit-small-16-token',
] as const;
/** A transformer by its name. */
export type VitName = (typeof vitNames)[number];

/** The ResNets with the stem for 32 px end in -cifar. */
export const backboneNames = [
  'smallConv',
  'pooledConv',
  'resnet18-cifar',
  'resnet34-cifar',
  'resnet50-cifar',
  'resnet18',
  'resnet34',
  'resnet50',
  ...vitNames,
] as const;
/** A backbone by its name, as plain data. */
export type BackboneName = (typeof backboneNames)[number];

/**
 * The backbone of a name.
 *
 * @param channels Of the images: 3, or 1 for gray ones.
 */
export function namedBackbone(name: BackboneName, channels: number): Backbone {
  check(backboneNames.includes(name), 'namedBackbone', `expected ${backboneNames.join(', ')}, got '${name}'`);
  if (name === 'smallConv') return smallConv({channels});
  if (name === 'pooledConv') return pooledConv({channels});
  if (isVit(name)) return namedVit(name, channels);
  return resnet({
    depth: Number(name.slice(6, 8)) as 18 | 34 | 50,
    stem: name.endsWith('-cifar') ? 'cifar' : 'imagenet',
    channels,
  });
}

const isVit = (name: string): name is VitName => (vitNames as readonly string[]).includes(name);

/**
 * The transformer of a name.
 *
 * @param channels Of the images: 3, or 1 for gray ones.
 */
export function namedVit(name: VitName, channels: number): Vit {
  check(isVit(name), 'namedVit', `expected ${vitNames.join(', ')}, got '${name as string}'`);
  const [, size, ...rest] = name.split('-');
  return vit({
    size: size as VitSize,
    patch: rest.includes('16') ? 16 : 4,
    pool: rest.includes('token') ? 'token' : 'mean',
    classToken: true,
    positions: 'sinCos',
    channels,
  });
}
