// What else makes a masked autoencoder: what is said of a hidden patch, whether the encoder sees
// mask tokens, how deep and how wide the decoder is. He et al. 2022 (MAE), arXiv:2111.06377, tables
// 1a to 1d.

import type {DecoderSize} from '../../methods/masked/decoder';
import {maskReference, maskStudy, notPretrained, type MaskRow, type MaskStudyOptions, type MaskVariant} from './study';

/**
 * Options of {@link maskDesignStudy}: those of all mask studies, and the reference's decoder and
 * those beside it.
 */
export interface MaskDesignStudyOptions extends Omit<MaskStudyOptions, 'variants'> {
  /**
   * Of the reference, {@link maskReference}, which has normalized pixels and no mask tokens in the
   * encoder.
   */
  decoder: DecoderSize;
  /** Blocks of other decoders of the reference's width. @default none */
  depths?: readonly number[];
  /** Widths of other decoders of the reference's depth. @default none */
  widths?: readonly number[];
}

const {mask} = maskReference;

/** The trainings of {@link maskDesignStudy}. */
export function designVariants({
  decoder,
  depths = [],
  widths = [],
}: Pick<MaskDesignStudyOptions, 'decoder' | 'depths' | 'widths'>): MaskVariant[] {
  return [
    notPretrained,
    maskReference,
    ...(['pixels', 'hog', 'tokens', 'features'] as const).map(target => ({name: `target ${target}`, mask, target})),
    {name: 'mask token in the encoder', mask, maskTokenInEncoder: true},
    ...depths.map(depth => ({name: `decoder of ${depth} blocks`, mask, decoder: {...decoder, depth}})),
    ...widths.map(width => ({name: `decoder of ${width} channels`, mask, decoder: {...decoder, width}})),
  ];
}

/**
 * Trains the reference and each change of it for each seed, and measures the encoder that is not
 * pre-trained; a row for each run, seed by seed.
 * @throws as {@link maskStudy}.
 */
export function maskDesignStudy({
  decoder,
  depths,
  widths,
  ...options
}: MaskDesignStudyOptions): AsyncGenerator<MaskRow, void, undefined> {
  return maskStudy({...options, decoder, variants: designVariants({decoder, depths, widths})});
}
