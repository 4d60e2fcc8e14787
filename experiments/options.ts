// Options that commands share, each read or refused in one line.

import fs from 'node:fs';
import {InvalidArgumentError, Option} from 'commander';
import {datasetNames, namedDataset} from '../lib/datasets/catalogue';
import type {Dataset} from '../lib/datasets/dataset';
import {imageFolder} from '../lib/datasets/imageFolder';
import type {StudyOption} from '../lib/studies/options';

/** A parser whose RangeErrors commander shows beside the name of the option. */
export const argument =
  <T>(parse: (text: string) => T) =>
  (text: string): T => {
    try {
      return parse(text);
    } catch (error) {
      if (error instanceof RangeError) throw new InvalidArgumentError(error.message);
      throw error;
    }
  };

/** The option of a study for commander. */
export function optionOf({flags, text, choices, parse}: StudyOption): Option {
  const option = new Option(flags, text);
  if (choices) option.choices(choices);
  if (parse) option.argParser(argument(parse));
  return option;
}

export const datasetHelp = `data set: ${datasetNames.join(', ')}, or a folder of images (one sub-folder a class)`;

export const jobsHelp =
  'trainings side by side, each a process with its share of the threads (default: 2 on a processor, 1 ' +
  'on a GPU; on 2 cores two runs of one thread do 1.17 times the steps of one run of two, and take 1.1 ' +
  'GB each)';

/**
 * Loads the data set that a name or a folder stands for; images of a folder are stored with `size`
 * pixels a side.
 */
export async function dataset(name: string, size: number): Promise<Dataset> {
  const loaded = namedDataset(name);
  if (loaded) return loaded;
  if (!fs.existsSync(name))
    throw new RangeError(
      `--dataset: expected ${datasetNames.join(', ')} or a folder of images, got "${name}", which does not exist`,
    );
  return imageFolder(name, {size});
}
