// Rows of masked autoencoders as comparisons: in each one thing is turned and nothing else.
// He et al. 2022 (MAE), arXiv:2111.06377, table 1.

import {namedVit} from '../../backbones/namedBackbone';
import {check} from '../../check';
import {twoThirdsOf} from '../../methods/masked/decoder';
import type {PublishedMaskRow} from './published';
import {maskReference, type MaskRow, type MaskSetting} from './study';
import {maskName} from './task';

/** Settings that are compared, as the published table names them. */
export const maskAblationNames = [
  'strategy',
  'target',
  'mask token',
  'decoder depth',
  'decoder width',
] as const satisfies readonly PublishedMaskRow['ablation'][];
/** Which setting a comparison of masked autoencoders varies. */
export type MaskAblationName = (typeof maskAblationNames)[number];

/** One line of a comparison. */
export type MaskAblationLine = {
  name: string;
  rows: MaskRow[];
  /** What the paper calls the same setting. */
  paper: string;
};

/** A comparison as in MAE's table 1: encoders that differ in one setting alone. */
export type MaskAblation = {
  ablation: MaskAblationName;
  title: string;
  /** What is the same in all lines. */
  about: string;
  lines: MaskAblationLine[];
};

type Settings = MaskRow['settings'];
/**
 * What is turned: how a setting of it is called here and in the paper, and where it stands among
 * the lines.
 */
type Dial = {
  title: string;
  remark?: string;
  name(settings: Settings): string;
  paper(settings: Settings): string;
  place(settings: Settings): number;
};

const targets: Record<NonNullable<MaskSetting['target']>, {name: string; paper: string}> = {
  pixels: {name: 'pixels', paper: 'pixels'},
  normalizedPixels: {name: 'normalized pixels', paper: 'normalized pixels'},
  hog: {name: 'HOG', paper: 'HOG'},
  tokens: {name: 'tokens', paper: 'dVAE tokens'},
  features: {name: 'features of a teacher', paper: 'features'},
};
const targetNames = Object.keys(targets);
const targetOf = ({target = 'normalizedPixels'}: Settings) => target;
const encoderOf = ({backbone}: Settings) => namedVit(backbone, 3);
const decoderOf = (settings: Settings) => settings.decoder ?? twoThirdsOf(encoderOf(settings));
/** Of the paper's encoder, ViT-L. */
const PAPER_WIDTH = 1024;

const dials: Record<MaskAblationName, Dial> = {
  strategy: {
    title: 'Which patches are hidden',
    name: ({mask}) => maskName(mask).replace('inverseBlock', 'inverse blocks'),
    paper: ({mask}) => maskName(mask),
    place: () => 0,
  },
  target: {
    title: 'What is said of a hidden patch',
    name: settings => targets[targetOf(settings)].name,
    paper: settings => targets[targetOf(settings)].paper,
    place: settings => targetNames.indexOf(targetOf(settings)),
  },
  'mask token': {
    title: 'Where mask tokens stand',
    name: ({maskTokenInEncoder}) => (maskTokenInEncoder ? 'in the encoder' : 'in the decoder'),
    paper: ({maskTokenInEncoder}) => (maskTokenInEncoder ? 'in the encoder' : 'in the decoder'),
    place: ({maskTokenInEncoder}) => Number(maskTokenInEncoder ?? false),
  },
  'decoder depth': {
    title: 'Blocks of the decoder',
    name: settings => String(decoderOf(settings).depth),
    paper: settings => String(decoderOf(settings).depth),
    place: settings => decoderOf(settings).depth,
  },
  'decoder width': {
    title: 'Width of the decoder',
    remark: "Beside a width stands the paper's that is the same share of the encoder's.",
    name: settings => String(decoderOf(settings).width),
    paper: settings => String((decoderOf(settings).width / encoderOf(settings).width) * PAPER_WIDTH),
    place: settings => decoderOf(settings).width,
  },
};

/**
 * Comparisons with the reference, random masks of 75 %: to each belong the rows that differ from it
 * in that thing at most. Those with fewer than two lines are left out.
 *
 * @throws RangeError when the reference is not among the rows.
 */
export function maskAblations(rows: readonly MaskRow[]): MaskAblation[] {
  const pretrained = rows.filter(({settings}) => settings.mask !== null);
  const reference = pretrained.find(({variant}) => variant === maskName(maskReference.mask))?.settings;
  check(
    reference !== undefined,
    'maskAblations',
    `expected rows of ${maskName(maskReference.mask)}, got ` +
      `${[...new Set(rows.map(({variant}) => variant))].join('; ') || 'none'}`,
  );
  return maskAblationNames.flatMap((ablation): MaskAblation[] => {
    const {title, remark, name, paper, place} = dials[ablation];
    const others = maskAblationNames.filter(other => other !== ablation);
    const own = pretrained
      .filter(({settings}) => others.every(other => dials[other].name(settings) === dials[other].name(reference)))
      .sort((a, b) => place(a.settings) - place(b.settings));
    const names = [...new Set(own.map(({settings}) => name(settings)))];
    const lines = names.map((line): MaskAblationLine => {
      const group = own.filter(({settings}) => name(settings) === line);
      return {name: line, rows: group, paper: paper(group[0]!.settings)};
    });
    const about =
      'Masked autoencoders that differ in this alone. All else: ' +
      `${others.map(other => aboutOf(other, dials[other].name(reference))).join(', ')}.${remark ? ` ${remark}` : ''}`;
    return lines.length < 2 ? [] : [{ablation, title, about, lines}];
  });
}

const aboutOf = (dial: MaskAblationName, name: string): string => {
  switch (dial) {
    case 'strategy':
      return `${name} hidden`;
    case 'target':
      return `target ${name}`;
    case 'mask token':
      return `mask tokens ${name}`;
    case 'decoder depth':
      return `a decoder of ${name} block${name === '1' ? '' : 's'}`;
    case 'decoder width':
      return `${name} channels`;
    default:
      return dial satisfies never;
  }
};
