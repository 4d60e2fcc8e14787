// `npm run study -- <study> [options]`: runs a study from a terminal. A study is a file beside this one.

import {Command} from 'commander';
import {temperature} from './temperature';

new Command('npm run study --')
  .description('Runs a study, run by run. What is finished is kept: started again, it goes on where it stopped.')
  .addCommand(temperature)
  .showSuggestionAfterError()
  .parseAsync()
  .catch((error: Error) => {
    console.error(process.env.SSL_DEBUG ? error : error.message.startsWith(error.name) ? error.message : `${error.message}`);
    process.exitCode = 1;
  });
