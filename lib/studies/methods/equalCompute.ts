// Methods at equal compute: how many epochs of each cost what those of SimCLR do.

import {methodNames} from '../../methods/catalogue';
import {passes} from '../../study/passes';
import {trainingDefaults} from '../../study/trainingSettings';
import {sideOfViews} from '../../views/recipes/namedRecipe';
import {methodStudy, type MethodRow, type MethodStudyOptions, type Variant} from './study';

const nameOf = ({name, method}: Variant) => name ?? methodNames[method.method];

/**
 * Methods at equal compute: those whose images go through the backbone more or less often than
 * SimCLR's have as many epochs as cost the same, rounded, with the number in their names.
 */
export function equalCompute(variants: readonly Variant[], {epochs, side}: {epochs: number; side: number}): Variant[] {
  const local = trainingDefaults.local;
  const budget = epochs * passes({method: {method: 'simclr'}, local, side});
  return variants.map(variant => {
    const own = Math.max(1, Math.round(budget / passes({local, side, ...variant})));
    return own === epochs ? variant : {...variant, name: `${nameOf(variant)}, ${own} epochs`, epochs: own};
  });
}

/**
 * {@link methodStudy} of these variants at equal compute: `epochs` are SimCLR's, and of the others as
 * many as cost the same, with the number in their names.
 * @throws as {@link methodStudy}.
 */
export function equalComputeStudy({variants, ...options}: MethodStudyOptions): AsyncGenerator<MethodRow> {
  const {epochs, views, dataset} = {...trainingDefaults, ...options};
  const side = sideOfViews('scale' in views ? views : {}, dataset.shape[1]);
  return methodStudy({...options, variants: equalCompute(variants, {epochs, side})});
}
