// Bundles lib/ into what notebooks import by name: CommonJS files with their source maps (the
// library, and the program of a study's jobs), and declarations that TypeScript 5.0 of the kernel
// reads. All code of both entries, `ssl-workbench` and `ssl-workbench/parts`, is in library.js, once:
// what the library keeps (its tensors, what it has loaded) would else exist twice. index.js and
// parts.js only pass its names on.

import fs from 'node:fs';
import path from 'node:path';
import {run} from './child.mjs';
import {explain} from './failure.mjs';
import {logged} from './log.mjs';
import {bytesText} from './progress.mjs';

/**
 * Whether a package can only be imported, not required: then the bundle takes it in.
 * @param {{type?: string, exports?: unknown}} manifest
 */
export function isModuleOnly({type, exports}) {
  return type === 'module' && !JSON.stringify(exports ?? '').includes('"require"');
}

/** What can be imported: `ssl-workbench` and `ssl-workbench/parts`. */
const entries = ['index', 'parts'];

/** @param {string} modules @returns {import('esbuild').Plugin} */
const packages = modules => ({
  name: 'packages',
  setup(build) {
    build.onResolve({filter: /^[^./]/}, ({path: specifier, kind}) => {
      if (specifier.startsWith('node:')) return {external: true};
      const name = specifier
        .split('/')
        .slice(0, specifier.startsWith('@') ? 2 : 1)
        .join('/');
      const manifest = path.join(modules, name, 'package.json');
      // import() can load a module
      const required = kind === 'import-statement' || kind === 'require-call';
      if (required && fs.existsSync(manifest) && isModuleOnly(JSON.parse(fs.readFileSync(manifest, 'utf8'))))
        return undefined;
      return {external: true};
    });
  },
});

/**
 * A module that is in no file: all names of both entries.
 * @param {string} library
 * @returns {import('esbuild').Plugin}
 */
const bothEntries = library => ({
  name: 'both entries',
  setup(build) {
    build.onResolve({filter: /^both entries$/}, ({path: name}) => ({path: name, namespace: name}));
    build.onLoad({filter: /.*/, namespace: 'both entries'}, () => ({
      contents: entries.map(name => `export * from './${name}';`).join('\n'),
      resolveDir: library,
    }));
  },
});

/** @type {import('esbuild').Plugin} */
const fromTheLibrary = {
  name: 'from the library',
  setup(build) {
    build.onResolve({filter: /.*/}, ({kind}) =>
      kind === 'entry-point' ? undefined : {path: './library.js', external: true},
    );
  },
};

/**
 * Builds beside the old bundle and swaps: a failure leaves the old one. Returns what to print.
 *
 * @param {Omit<import('./make.mjs').Tools, 'say'> & {root: string, library: string, modules:
 * string, dist: string, log: string}} options
 */
export async function buildLibrary({root, library, modules, dist, log, signal}) {
  const title = 'library bundle';
  const {onLine, onSpawn, file} = logged(log);
  const fresh = `${dist}.new`;
  fs.rmSync(fresh, {recursive: true, force: true});
  const {build} = await import('esbuild');
  const declarations = run(
    process.execPath,
    [
      path.join(modules, 'typescript', 'bin', 'tsc'),
      '-p',
      path.join(root, 'setup', 'library.tsconfig.json'),
      '--outDir',
      fresh,
    ],
    {cwd: root, onLine, onSpawn, signal},
  );
  /** @satisfies {import('esbuild').BuildOptions} */
  const common = {
    outdir: fresh,
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    legalComments: 'none',
    logLevel: 'silent',
  };
  try {
    await build({
      ...common,
      entryPoints: {library: 'both entries', jobProcess: path.join(library, 'studies', 'jobProcess.ts')},
      sourcemap: true,
      sourcesContent: false,
      plugins: [bothEntries(library), packages(modules)],
    });
    await build({
      ...common,
      entryPoints: Object.fromEntries(entries.map(name => [name, path.join(library, `${name}.ts`)])),
      plugins: [fromTheLibrary],
    });
  } catch (error) {
    await declarations;
    const {message, errors: [first] = []} = /** @type {import('esbuild').BuildFailure} */ (error);
    onLine(message);
    throw explain(
      title,
      first ? `error: ${first.text} (${first.location?.file}:${first.location?.line})` : message,
      file,
    );
  }
  const {code, output} = await declarations;
  if (code !== 0) throw explain(`${title}: declarations`, output, file);
  fs.rmSync(dist, {recursive: true, force: true});
  fs.renameSync(fresh, dist);
  return bytesText(fs.statSync(path.join(dist, 'library.js')).size).replace('0 MB', 'under 1 MB');
}
