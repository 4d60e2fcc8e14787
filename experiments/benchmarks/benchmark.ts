// `npm run benchmark -- <benchmark> [cases]`: measures this project against others' code, each benchmark a file beside this one.

import path from 'node:path';
import {Argument, Command} from 'commander';
import {pipeline, pipelineCases} from './pipeline';
import {step, stepCases} from './step';

const python = path.join(__dirname, '.venv', 'bin', 'python');

/** A benchmark of several cases: all of them, or those that are named. */
const benchmark = <Name extends string>(name: string, description: string, cases: readonly Name[], run: (name: Name, options: {python: string; onLine(line: string): void}) => Promise<string>) => new Command(name)
  .description(description)
  .addArgument(new Argument('[cases...]', 'those to measure; without names all').choices(cases))
  .option('--python <program>', 'a Python that has the peers, in place of the environment that the command makes', python)
  .action(async (chosen: Name[], {python}: {python: string}) => {
    for (const one of chosen.length > 0 ? chosen : cases) {
      console.log(`${name} ${one}`);
      const file = await run(one, {python, onLine: line => console.log(`  ${line}`)});
      console.log(`  ${path.relative('', file)}`);
    }
  });

export const program = new Command('npm run benchmark --')
  .description('Measures this project against others, in turns on the same machine.')
  .addCommand(benchmark('step', 'one training step against PyTorch', Object.keys(stepCases) as (keyof typeof stepCases)[], step))
  .addCommand(benchmark('pipeline', 'images a second of a whole pre-training against lightly and PyTorch', Object.keys(pipelineCases) as (keyof typeof pipelineCases)[], pipeline));

if (require.main === module) {
  program.parseAsync().catch((error: Error) => {
    console.error(process.env.SSL_DEBUG ? error : error.message);
    process.exitCode = 1;
  });
}
