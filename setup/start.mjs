// `npm start`: sets everything up, then opens JupyterLab at the first notebook; with a notebook's
// name, executes that one without a screen and saves it.

import path from 'node:path';
import {options} from './options.mjs';
import {Failure} from './failure.mjs';
import {hasScreen, startLab} from './lab.mjs';
import {executeNotebook, findNotebook, presets} from './notebooks.mjs';
import {setUp} from './setup.mjs';

const first = 'notebooks/00-start-here.ipynb';

/** @param {string[]} args */
export async function command(args) {
  const {program, Option} = await options(
    'npm start --',
    'Opens JupyterLab at the first notebook; with a notebook, executes that one and saves it.',
  );
  program
    .argument('[notebook]', 'for example 03-temperature: executed without a screen')
    .addOption(new Option('--preset <preset>', 'how much that notebook computes').choices(presets).default('default'))
    .option('--output <file>', 'where the executed notebook goes, instead of over the notebook itself')
    .option('--port <port>', "JupyterLab's port, 0 for any that is free", text => portOf(text), 8888)
    .option('--no-browser', 'print the address, open no browser window')
    .parse(args, {from: 'user'});
  const [word] = program.args;
  const {preset, output, port, browser} = program.opts();
  const name = word && findNotebook(word);
  if (!word && output)
    throw new Failure(
      '--output without a notebook',
      'name the notebook to execute, for example `npm start -- 03-temperature --output FILE`',
    );
  await setUp();

  if (name) {
    console.log(`${name} at preset ${preset}:`);
    const {code} = await executeNotebook(name, {
      preset,
      output: output && path.resolve(process.env.INIT_CWD ?? '.', output),
      png: true,
    });
    if (code === 0) console.log(`Saved ${output ?? `notebooks/${name}.ipynb`}.`);
    return code;
  }
  const window = browser && hasScreen();
  const {address, ended} = await startLab({notebook: first, port, browser: window});
  console.log(`JupyterLab: ${address}\n${window ? 'A browser window opens. ' : ''}Ctrl-C ends it.`);
  return ended;
}

/** @param {string} text */
function portOf(text) {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Failure(`--port ${text}`, 'expected a whole number from 0 to 65535');
  return port;
}
