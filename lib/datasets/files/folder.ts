// Where data lie: the project's data/ folder, or wherever SSL_DATA points.

import path from 'node:path';
import {projectRoot} from '../../root';

/**
 * Absolute path of the folder of data: the environment's SSL_DATA, otherwise data/ in the project's
 * root. It need not exist yet.
 */
export function dataFolder(): string {
  return process.env.SSL_DATA ? path.resolve(process.env.SSL_DATA) : path.join(projectRoot(), 'data');
}
