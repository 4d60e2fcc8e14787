// Where a study's runs lie.

import path from 'node:path';
import {projectRoot} from '../root';

/**
 * experiments/results/<study> of the project, or below the environment's SSL_RESULTS. It need not
 * exist yet.
 */
export function resultsFolder(study: string): string {
  return path.join(
    process.env.SSL_RESULTS
      ? path.resolve(process.env.SSL_RESULTS)
      : path.join(projectRoot(), 'experiments', 'results'),
    study,
  );
}
