// Critics by name, so that a study can dial them.

import {check} from '../check';
import {bilinearCritic} from './bilinearCritic';
import {concatenatedCritic} from './concatenatedCritic';
import {conditionalCritic} from './conditionalCritic';
import type {Critic, CriticOptions} from './critic';
import {separableCritic} from './separableCritic';

/** Critics that {@link namedCritic} knows. */
export const criticNames = ['separable', 'concatenated', 'bilinear', 'quadratic', 'conditional'] as const;
/** A critic by its name. */
export type CriticName = (typeof criticNames)[number];

/** @throws RangeError for an unknown name. */
export function namedCritic(name: CriticName, options: CriticOptions): Critic {
  switch (name) {
    case 'separable':
      return separableCritic(options);
    case 'concatenated':
      return concatenatedCritic(options);
    case 'bilinear':
      return bilinearCritic(options);
    case 'conditional':
      return conditionalCritic(options);
    case 'quadratic':
      return bilinearCritic({...options, quadratic: true});
    default:
      name satisfies never;
      check(false, 'namedCritic', `expected a critic of ${criticNames.join(', ')}, got '${name as string}'`);
  }
}
