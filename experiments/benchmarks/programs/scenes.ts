// Our side: draws scenes of one size, so many a repetition. Argument: {kind: 'object' or 'scene',
// size, images} as JSON.

import {sceneTextures} from '../../../lib/datasets/scenes/sceneTextures';
import {objectScene} from '../../../lib/datasets/scenes/objects';
import {drawScene} from '../../../lib/scenes/drawScene';
import {randomScene} from '../../../lib/scenes/randomScene';
import {ownFacts} from './ownFacts';
import {turns} from './turns';

/** What is drawn. */
export type Drawn = {kind: 'object' | 'scene'; size: number; images: number};

async function main(): Promise<void> {
  const {kind, size, images} = JSON.parse(process.argv[2]!) as Drawn;
  const {
    textures,
    sides: {train},
  } = await sceneTextures();
  const made = Array.from({length: images}, (_, i) =>
    kind === 'object' ? objectScene('train', i, train) : randomScene(i, {textures: train}),
  );
  await turns(ownFacts(), async () => {
    for (const scene of made) drawScene(scene, {size, textures});
  });
}

void main();
