// Which objects a drawing shows, where, and how much of each: boxes for detection, and tracks when
// asked frame by frame.

import type {Drawing} from './drawScene';

/** What is seen of an object. */
export interface VisibleObject {
  /** Its number in the scene. */
  object: number;
  /** Smallest box around its pixels: the last column and row are inside. */
  left: number;
  top: number;
  right: number;
  bottom: number;
  /** Pixels. */
  area: number;
}

/** The visible objects in the order of the scene. */
export function visibleObjects({owner, size}: Pick<Drawing, 'owner' | 'size'>): VisibleObject[] {
  const found = new Map<number, VisibleObject>();
  owner.forEach((object, pixel) => {
    if (object < 0) return;
    const [x, y] = [pixel % size, Math.floor(pixel / size)];
    const known = found.get(object) ?? {object, left: x, top: y, right: x, bottom: y, area: 0};
    known.left = Math.min(known.left, x);
    known.right = Math.max(known.right, x);
    known.bottom = y;
    known.area++;
    found.set(object, known);
  });
  return [...found.values()].sort((a, b) => a.object - b.object);
}
