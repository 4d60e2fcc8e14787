// Reads a command's options: an unknown one is an error that names the nearest.

import {Failure} from './failure.mjs';
import {everything, packagesAreWhole, setUp} from './setup.mjs';

/**
 * A parser for one command. It is an npm package itself: where the packages are not whole, the
 * set-up comes first.
 *
 * @param {string} name
 * @param {string} description
 * @param {string[]} [goals] What that set-up makes.
 */
export async function options(name, description, goals = everything) {
  if (!packagesAreWhole()) await setUp(goals);
  const {Command, Option} = await import('commander');
  const program = new Command(name)
    .description(description)
    .allowExcessArguments(false)
    .configureOutput({outputError: () => {}})
    .exitOverride(error => {
      if (error.exitCode === 0) process.exit(0); // --help was asked for and is printed
      throw new Failure(
        error.message
          .replace(/^error: /, '')
          .replaceAll('\n', ' ')
          .trim(),
        `\`${name} --help\` lists what there is`,
      );
    });
  return {program, Option};
}
