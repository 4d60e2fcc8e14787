// Photographs that npm packages carry: what they show, by whom, and their files.

import {createHash} from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import {packageFolder, packageVersions} from '../files/packageFolder';

/** One print, photographed by the museum that owns it. */
export interface Photograph {
  title: string;
  by: string;
  year: string;
  /** The end of its package's name. */
  package: string;
}

/**
 * All that the packages have but for Muybridge's "Animal Locomotion": frames that repeat over the
 * whole sheet would stand on every side of a split.
 */
export const photographs: readonly Photograph[] = [
  {title: 'Acanthus mollis', by: 'Karl Blossfeldt', year: '1928', package: 'acanthus-mollis'},
  {title: 'Allium ostrowskianum', by: 'Karl Blossfeldt', year: '1928', package: 'allium-oreophilum'},
  {title: 'Airplane viewed from above', by: 'Fedele Azari', year: '1914–1929', package: 'airplane-from-above'},
  {title: 'Black Cañon, Colorado River', by: "Timothy H. O'Sullivan", year: '1871', package: 'black-canyon'},
  {title: 'Abandoned Dust Bowl home', by: 'Dorothea Lange', year: 'about 1935–1940', package: 'dust-bowl-home'},
  {title: 'Alpine landscape', by: 'Adolphe Braun', year: '1865–1870', package: 'french-alpine-landscape'},
  {title: 'A March pastoral, Suffolk', by: 'Peter Henry Emerson', year: '1888', package: 'march-pastoral'},
  {title: 'Boats in river, Nagasaki', by: 'Felice Beato', year: 'about 1865', package: 'nagasaki-boats'},
];

const nameOf = (photograph: Photograph) => `@stdlib/datasets-img-${photograph.package}`;

/** Versions of the packages that the photographs come from. */
export const photoVersions = () => packageVersions(photographs.map(nameOf), 'photos');

/** Path of the JPEG file. */
export const photoFile = (photograph: Photograph) =>
  path.join(packageFolder(nameOf(photograph), 'photos'), 'data', 'image.jpg');

/** SHA-256 over the files with their names. */
export function photoChecksum(): string {
  const hash = createHash('sha256');
  for (const photograph of photographs) {
    const bytes = fs.readFileSync(photoFile(photograph));
    hash.update(`${photograph.package} ${bytes.length}\n`).update(bytes);
  }
  return hash.digest('hex');
}
