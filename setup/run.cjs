// Starts a command of package.json. Written in the syntax of old Node versions, so that these too
// can say what they lack.
'use strict';

/**
 * One line for a Node that is too old, else null; what is wanted as in the engines of package.json, for
 * example ">=20.19".
 * @param {string} found
 * @param {string} wanted
 */
function nodeProblem(found, wanted) {
  var least = wanted.replace('>=', '').split('.').map(Number);
  var have = found.split('.').map(Number);
  var enough = have[0] > least[0] || (have[0] === least[0] && have[1] >= (least[1] || 0));
  return enough
    ? null
    : 'Node ' +
        found +
        ' is too old: install Node ' +
        least.join('.') +
        ' or newer (nodejs.org, or `nvm install 22`), then run the command again';
}

module.exports = {nodeProblem: nodeProblem};

if (require.main === module) {
  var problem = nodeProblem(process.versions.node, require('../package.json').engines.node);
  if (problem) {
    console.error(problem);
    process.exit(1);
  }
  import('./main.mjs').then(function (entry) {
    return entry.main(process.argv[2], process.argv.slice(3));
  });
}
