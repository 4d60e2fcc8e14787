// Our side of the evaluation's benchmark: k-NN, one linear probe, or the path over strengths, once
// a repetition. Arguments: the case as JSON, the folder of its features.

import fs from 'node:fs';
import path from 'node:path';
import {tf} from '../../../lib/engine/tf';
import {knn} from '../../../lib/evaluation/knn';
import type {Labeled} from '../../../lib/evaluation/labeled';
import {linearProbe} from '../../../lib/evaluation/linearProbe';
import {softmaxRegression} from '../../../lib/evaluation/softmaxRegression';
import type {EvaluationCase} from '../evaluation';
import {ownFacts} from './ownFacts';
import {turns} from './turns';

const [wanted, folder] = [JSON.parse(process.argv[2]!) as EvaluationCase, process.argv[3]!];

function set(name: EvaluationCase['sets'][number]['name']): Labeled {
  const read = (ending: string) => new Uint8Array(fs.readFileSync(path.join(folder, `${name}.${ending}`))).buffer;
  const labels = new Int32Array(read('i32'));
  return {features: tf.tensor2d(new Float32Array(read('f32')), [labels.length, wanted.width]), labels};
}

async function main(): Promise<void> {
  const [train, validation, test] = [set('train'), set('validation'), set('test')];
  const work = {
    knn: async () => ({accuracy: (await knn(train, test, wanted)).accuracy}),
    probe: async () => {
      let objective = NaN;
      for await ({objective} of softmaxRegression(train, wanted.classes, [wanted.strength]));
      return {objective};
    },
    path: async () => {
      const {accuracy, strength} = await linearProbe(train, validation, test, wanted);
      return {accuracy, strength};
    },
  }[wanted.task];
  await turns({...ownFacts(), ...(await work())}, async () => void (await work()));
}

void main();
