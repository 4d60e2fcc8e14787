import {drawScene, randomScene, sceneAt, visibleObjects} from '../../lib/index';

export function oneScene() {
  const scene = randomScene(7, {textures: 0, objects: 3}); // JSON.stringify(scene) is all of it
  const drawing = drawScene(scene, {size: 64});
  console.log(drawing.image.length, visibleObjects(drawing)); // 12288 bytes, a box for each object that is seen
  const later = drawScene(sceneAt(scene, 8), {size: 64}); // eight frames on
  console.log(visibleObjects(later));
}
