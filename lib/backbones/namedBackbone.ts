// A backbone by name: for command lines and for the options that a run keeps.

import {check} from '../check';
import type {Backbone} from '../module';
import {resnet} from './resnet';
import {smallConv} from './smallConv';
import {vit, type Vit, type VitSize} from './vit';

/** Transformers with a class token, fixed positions and the mean over patches as their embedding, as MAE trains them: of patches of 4 px, and of 16 px where the name says so. */
export const vitNames = ['vit-nano', 'vit-micro', 'vit-small-16', 'vit-base-16', 'vit-large-16'] as const;
export type VitName = typeof vitNames[number];

/** The ResNets with the stem for 32 px end in -cifar. */
export const backboneNames = ['smallConv', 'resnet18-cifar', 'resnet34-cifar', 'resnet50-cifar', 'resnet18', 'resnet34', 'resnet50', ...vitNames] as const;
export type BackboneName = typeof backboneNames[number];

/** @param channels Of the images: 3, or 1 for grey ones. */
export function namedBackbone(name: BackboneName, channels: number): Backbone {
  check(backboneNames.includes(name), 'namedBackbone', `expected ${backboneNames.join(', ')}, got '${name}'`);
  if (name === 'smallConv') return smallConv({channels});
  if (isVit(name)) return namedVit(name, channels);
  return resnet({depth: Number(name.slice(6, 8)) as 18 | 34 | 50, stem: name.endsWith('-cifar') ? 'cifar' : 'imagenet', channels});
}

const isVit = (name: string): name is VitName => (vitNames as readonly string[]).includes(name);

/** @param channels Of the images: 3, or 1 for grey ones. */
export function namedVit(name: VitName, channels: number): Vit {
  check(isVit(name), 'namedVit', `expected ${vitNames.join(', ')}, got '${name as string}'`);
  const [, size, patch = '4'] = name.split('-');
  return vit({size: size as VitSize, patch: Number(patch), pool: 'mean', classToken: true, positions: 'sinCos', channels});
}
