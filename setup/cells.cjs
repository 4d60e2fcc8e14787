// Works round three faults of tslab 1.0.22.
// Names of earlier cells in braces are lost: `twoViews({dataset})` fails with "dataset is not
// defined", `const {rate: peak} = chosen` with "Identifier 'exports' has already been declared".
// And a package that is built again under an open notebook ends its cells for good, with
// "Unexpected pending rebuildTimer".
'use strict';

/**
 * tslab brings a compiler of its own, older than the project's. @typedef {typeof
 * import('@tslab/typescript-for-tslab')} Compiler
 */

/**
 * The same cell with such names as strings: `{"dataset": dataset}`, `const {"rate": peak} =
 * chosen`. Lines stay where they are.
 * @param {Compiler | typeof import('typescript')} compiler
 * @param {string} source
 */
function mended(compiler, source) {
  // what is called here both have alike
  const ts = /** @type {typeof import('typescript')} */ (compiler);
  /** @type {{name: import('typescript').Identifier, written: string}[]} */
  const names = [];
  /** @param {import('typescript').Node} node */
  const visit = node => {
    if (ts.isShorthandPropertyAssignment(node))
      names.push({name: node.name, written: `"${node.name.text}": ${node.name.text}`});
    if (ts.isBindingElement(node) && node.propertyName && ts.isIdentifier(node.propertyName))
      names.push({name: node.propertyName, written: `"${node.propertyName.text}"`});
    ts.forEachChild(node, visit);
  };
  const cell = ts.createSourceFile('cell.ts', source, ts.ScriptTarget.Latest);
  visit(cell);
  return names.reduceRight(
    (text, {name, written}) => text.slice(0, name.getStart(cell)) + written + text.slice(name.end),
    source,
  );
}

/**
 * Packages and this project's bundle: what a kernel has loaded of them it keeps until it is started
 * again, and so their types.
 */
const fixed = /\/(node_modules|lib\/dist)\//;

/** From now on tslab compiles cells so. Call it once, before tslab's main program. */
function mendCells() {
  const ts = require('@tslab/typescript-for-tslab');
  const {watchFile} = ts.sys;
  ts.sys.watchFile = (file, ...rest) => (fixed.test(file) || !watchFile ? {close() {}} : watchFile(file, ...rest));
  ts.sys.watchDirectory = () => ({close() {}});
  const converter = require('tslab/dist/converter');
  const {createConverter} = converter;
  converter.createConverter = options => {
    const made = createConverter(options);
    return {...made, convert: (declarations, source) => made.convert(declarations, mended(ts, source))};
  };
}

module.exports = {mended, mendCells};
