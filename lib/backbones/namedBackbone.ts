// A backbone by name: for command lines and for the options that a run keeps.

import {check} from '../check';
import type {Backbone} from '../module';
import {resnet} from './resnet';
import {smallConv} from './smallConv';
import {vit, type VitSize} from './vit';

/** The ResNets with the stem for 32 px end in -cifar. The transformers have patches of 4 px, fixed positions and the mean over patches. */
export const backboneNames = ['smallConv', 'resnet18-cifar', 'resnet34-cifar', 'resnet50-cifar', 'resnet18', 'resnet34', 'resnet50', 'vit-nano', 'vit-micro'] as const;
export type BackboneName = typeof backboneNames[number];

/** @param channels Of the images: 3, or 1 for grey ones. */
export function namedBackbone(name: BackboneName, channels: number): Backbone {
  check(backboneNames.includes(name), 'namedBackbone', `expected ${backboneNames.join(', ')}, got '${name}'`);
  if (name === 'smallConv') return smallConv({channels});
  if (name.startsWith('vit-')) return vit({size: name.slice(4) as VitSize, patch: 4, pool: 'mean', positions: 'sinCos', channels});
  return resnet({depth: Number(name.slice(6, 8)) as 18 | 34 | 50, stem: name.endsWith('-cifar') ? 'cifar' : 'imagenet', channels});
}
