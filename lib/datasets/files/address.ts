// Where a file of a data set is downloaded from.

/**
 * @param base Address of a folder: a mirror, for example.
 * @default SSL_DATA_MIRROR of the environment, otherwise `home`
 */
export function address(file: string, home: string, base = process.env.SSL_DATA_MIRROR ?? home): string {
  return `${base.replace(/\/*$/, '/')}${file}`;
}
