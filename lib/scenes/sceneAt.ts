// A scene some frames later.

import {check} from '../check';
import type {Scene} from './scene';

/** Half of the square in which objects move: at its border they turn back. */
const BORDER = 2.6;

/**
 * The scene after so many frames: objects slide, turn back at a border and spin, the camera goes
 * around its target. Frame 0 is the scene itself.
 *
 * @param frame At least 0; between two whole numbers, a moment between two frames.
 */
export function sceneAt(scene: Scene, frame: number): Scene {
  check(frame >= 0, 'sceneAt', `expected a frame from 0, got ${frame}`);
  const {objects, camera} = scene;
  return {
    ...scene,
    objects: objects.map(object => {
      const {at, turn, motion} = object;
      if (!motion) return object;
      const moved = (start: number, step: number) => reflected(start + step * frame, start);
      return {
        ...object,
        at: [moved(at[0], motion.velocity[0]), moved(at[1], motion.velocity[1])] as const,
        turn: turn + motion.spin * frame,
      };
    }),
    camera: {...camera, around: camera.around + (camera.orbit ?? 0) * frame},
  };
}

/** A place within the border, as if each border were a mirror; what starts beyond it stays free. */
function reflected(place: number, start: number): number {
  if (Math.abs(start) > BORDER || Math.abs(place) <= BORDER) return place;
  const along = place + BORDER - 4 * BORDER * Math.floor((place + BORDER) / (4 * BORDER)); // 0 to 4 borders
  return (along <= 2 * BORDER ? along : 4 * BORDER - along) - BORDER;
}
