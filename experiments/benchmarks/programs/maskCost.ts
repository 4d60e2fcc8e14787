// Times the halves of a masked autoencoder's step in turns, and watches what other programs take
// meanwhile. Argument: {@link WatchedOptions} as JSON.

import {maskCost} from '../../../lib/studies/masks/cost';
import {others, ownGroup, quiet} from '../load';
import type {WatchedOptions, WatchedRow} from '../maskCost';
import {ownFacts} from './ownFacts';

async function main(): Promise<void> {
  const {patienceSeconds, ...options} = JSON.parse(process.argv[2]!) as WatchedOptions;
  const turns = maskCost(options);
  const rows: WatchedRow[] = [];
  let patience = patienceSeconds;
  for (;;) {
    if (patience > 0) patience -= await quiet(patience);
    const watched = others(ownGroup());
    const {value, done} = await turns.next();
    if (done) break;
    rows.push({...value, others: watched()});
  }
  console.log(JSON.stringify({facts: ownFacts(), rows}));
}

void main();
