// `npm run benchmark -- <benchmark> [cases]`: measures this project against others' code, each
// benchmark a file beside this one.

import path from 'node:path';
import {Argument, Command} from 'commander';
import {evaluation, evaluationTitles} from './evaluation';
import {growth} from './growth';
import {maskCost} from './maskCost';
import {memory, memorySteps} from './memory';
import {pipeline, pipelineTitles} from './pipeline';
import {scenes} from './scenes';
import {step, stepTitles} from './step';
import {tables} from './table';

type Options = {python: string; onLine(line: string): void};

const defaultPython = path.join(__dirname, '.venv', 'bin', 'python');
const onLine = (line: string) => console.log(`  ${line}`);

/** A benchmark of several cases: all of them, or those that are named. */
const cases = <Name extends string>(
  name: string,
  description: string,
  titles: Record<Name, string>,
  run: (name: Name, options: Options) => Promise<string>,
) =>
  new Command(name)
    .description(description)
    .addArgument(new Argument('[cases...]', 'those to measure; without names all').choices(Object.keys(titles)))
    .option(
      '--python <program>',
      'a Python that has the peers, in place of the environment that the command makes',
      defaultPython,
    )
    .action(async (chosen: Name[], {python}: {python: string}) => {
      for (const one of chosen.length > 0 ? chosen : (Object.keys(titles) as Name[])) {
        console.log(titles[one]);
        told(await run(one, {python, onLine}));
      }
    });

const told = (file: string | null) => onLine(file === null ? 'nothing was published' : path.relative('', file));

export const program = new Command('npm run benchmark --')
  .description(
    'Measures this project against others, in turns on the same machine; rows go to experiments/published/benchmarks.',
  )
  .addCommand(cases('step', 'one training step against PyTorch', stepTitles, step))
  .addCommand(
    cases('pipeline', 'images a second of a whole pre-training against lightly and PyTorch', pipelineTitles, pipeline),
  )
  .addCommand(
    cases('evaluation', 'k-NN and the linear probe against scikit-learn and lightly', evaluationTitles, evaluation),
  )
  .addCommand(
    new Command('growth')
      .description('how an epoch grows with images and batch')
      .action(async () => told(await growth({onLine}))),
  )
  .addCommand(
    new Command('memory')
      .description('memory over 10,000 steps')
      .option('--steps <n>', 'another number of steps, a multiple of 10: printed, not published', Number, memorySteps)
      .action(async ({steps}: {steps: number}) => told(await memory({onLine, steps}))),
  )
  .addCommand(
    new Command('mask-cost')
      .description("encoder and decoder of a masked autoencoder's step against the mask ratio")
      .action(async () => told(await maskCost({onLine}))),
  )
  .addCommand(
    new Command('scenes')
      .description('drawn scenes a second on one thread')
      .action(async () => told(await scenes({onLine}))),
  )
  .addCommand(
    new Command('table')
      .description('prints what is published, as docs/benchmarks.md holds it')
      .action(() => console.log(tables())),
  );

if (require.main === module) {
  program.parseAsync().catch((error: Error) => {
    // one line; SSL_DEBUG=1 shows where it came from
    console.error(process.env.SSL_DEBUG ? error : error.message);
    process.exitCode = 1;
  });
}
