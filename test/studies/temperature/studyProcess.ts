// A study in a process of its own, to be ended by its parent: `studyProcess.ts <folder>` prints a
// line for each row.

import {temperatureStudy} from '../../../lib/studies/temperature/study';
import {tinyDataset} from '../../study/tinyDataset';

async function main(folder: string) {
  for await (const row of temperatureStudy({
    dataset: tinyDataset(),
    temperatures: [0.1, 0.5],
    seeds: [0],
    epochs: 8,
    batch: 16,
    projector: [32, 32],
    evaluations: 2,
    folder,
  })) {
    console.log(JSON.stringify({run: row.run, temperature: row.temperature, loss: row.loss}));
  }
}
void main(process.argv[2]!);
