// Works round two faults of tslab 1.0.22, which replaces names of earlier cells where they stand in braces: `twoViews({dataset})` fails with "dataset is not defined",
// and `const {rate: peak} = chosen` with "Identifier 'exports' has already been declared".
'use strict';

/** The same cell with such names as strings: `{"dataset": dataset}`, `const {"rate": peak} = chosen`. Lines stay where they are. */
function mended(ts, source) {
  const names = [];
  const visit = node => {
    if (ts.isShorthandPropertyAssignment(node)) names.push({name: node.name, written: `"${node.name.text}": ${node.name.text}`});
    if (ts.isBindingElement(node) && node.propertyName && ts.isIdentifier(node.propertyName)) names.push({name: node.propertyName, written: `"${node.propertyName.text}"`});
    ts.forEachChild(node, visit);
  };
  const cell = ts.createSourceFile('cell.ts', source, ts.ScriptTarget.Latest);
  visit(cell);
  return names.reduceRight((text, {name, written}) => text.slice(0, name.getStart(cell)) + written + text.slice(name.end), source);
}

/** From now on tslab compiles cells so. Call it before tslab's main program. */
function mendCells() {
  const ts = require('@tslab/typescript-for-tslab');
  const converter = require('tslab/dist/converter');
  const {createConverter} = converter;
  converter.createConverter = options => {
    const made = createConverter(options);
    return {...made, convert: (declarations, source) => made.convert(declarations, mended(ts, source))};
  };
}

module.exports = {mended, mendCells};
