// A study in a process of its own: `jobsProcess.ts <images> <folder> <jobs> <epochs>` prints a line
// for each row.

import {temperatureStudy} from '../../lib/studies/temperature/study';
import {loadTiny} from './tinyFolder';

async function main(images: string, folder: string, jobs: number, epochs: number) {
  for await (const row of temperatureStudy({
    dataset: await loadTiny(images),
    temperatures: [0.1, 1],
    seeds: [0, 1],
    epochs,
    batch: 32,
    projector: [32, 32],
    evaluations: 1,
    folder,
    jobs,
  })) {
    console.log(JSON.stringify(row));
  }
}
void main(process.argv[2]!, process.argv[3]!, Number(process.argv[4]), Number(process.argv[5]));
