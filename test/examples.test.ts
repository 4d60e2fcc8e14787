// Every `@example` of lib type-checks as it stands, each a file of its own; none is run.
// slow: type-checks all examples

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import ts from 'typescript';

const root = path.join(__dirname, '..');
const lib = path.join(root, 'lib');
const sources = (fs.readdirSync(lib, {recursive: true}) as string[]).filter(
  file => file.endsWith('.ts') && !file.startsWith('dist'),
);

/** Code of the examples by the path of a file that does not exist, which names source and line. */
function examples(): Map<string, string> {
  return new Map(
    sources.flatMap(file => {
      const text = fs.readFileSync(path.join(lib, file), 'utf8');
      return [...text.matchAll(/^ *\* @example\s*\n *\* ```ts\n((?: *\*.*\n)*?) *\* ```$/gm)].map(
        ({index, 1: code}): [string, string] => {
          const line = text.slice(0, index).split('\n').length;
          return [
            path.join(root, `${file.replaceAll(path.sep, '.')}.line${line}.ts`),
            code!.replaceAll(/^ *\* ?/gm, ''),
          ];
        },
      );
    }),
  );
}

/** What the type checker says of these files, in which 'ssl-workbench' is lib/. */
function complaints(files: Map<string, string>): string[] {
  const {config} = ts.readConfigFile(path.join(root, 'tsconfig.json'), file => fs.readFileSync(file, 'utf8')) as {
    config: object;
  };
  const {options} = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const settings: ts.CompilerOptions = {
    ...options,
    noUnusedLocals: false,
    paths: {'ssl-workbench': [path.join(lib, 'index.ts')], 'ssl-workbench/parts': [path.join(lib, 'parts.ts')]},
  };
  const host = ts.createCompilerHost(settings);
  const {getSourceFile, fileExists, readFile} = host;
  host.fileExists = file => files.has(path.normalize(file)) || fileExists.call(host, file);
  host.readFile = file => files.get(path.normalize(file)) ?? readFile.call(host, file);
  host.getSourceFile = (file, target, ...rest) => {
    const code = files.get(path.normalize(file));
    return code === undefined
      ? getSourceFile.call(host, file, target, ...rest)
      : ts.createSourceFile(file, code, target);
  };
  const program = ts.createProgram([...files.keys()], settings, host);
  return [...files.keys()].flatMap(file => {
    const source = program.getSourceFile(file);
    assert.ok(source, `${file} is not in the program`);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      ({messageText, start}) => {
        const {line} = source.getLineAndCharacterOfPosition(start ?? 0);
        return (
          `${path.basename(file)}: ${source.text.split('\n')[line]}\n  ` +
          `${ts.flattenDiagnosticMessageText(messageText, '\n  ')}`
        );
      },
    );
  });
}

test('every @example in lib type-checks; one that does not is named', () => {
  const found = examples();
  const tags = sources.reduce(
    (sum, file) => sum + fs.readFileSync(path.join(lib, file), 'utf8').split('* @example').length - 1,
    0,
  );
  assert.equal(found.size, tags, 'each @example holds one block of ts');
  assert.ok(found.size >= 31, `found only ${found.size}`);
  found.set(path.join(root, 'broken.ts'), "import {ntXent} from 'ssl-workbench';\nntXent('views');");
  const [broken, ...others] = complaints(found).reverse();
  assert.match(broken!, /^broken\.ts: ntXent\('views'\);\n {2}Argument of type 'string' is not assignable/);
  assert.deepEqual(others, []);
});
