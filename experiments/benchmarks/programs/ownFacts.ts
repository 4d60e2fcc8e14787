// What every program of our side tells of itself.

import {device} from '../../../lib/engine/device';
import {provenance} from '../../../lib/training/provenance';

export function ownFacts() {
  const made = provenance();
  return {...made, versions: {'ssl-workbench': made.version, TensorFlow: device().tensorflow}};
}
