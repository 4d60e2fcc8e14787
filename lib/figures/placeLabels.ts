// Names beside points that lie as they lie: each label where it covers neither a mark nor another label.

export type Placed = {
  /** From the point to the middle of its label, in pixels; y downwards. */
  dx: number;
  dy: number;
  /** Whether the label stands so far off that a line must lead to it. */
  far: boolean;
};

type Box = {left: number; right: number; top: number; bottom: number};

/** Pixels: height of a label and width of a character of it, half a mark, from the mark to the label, and from one ring of places to the next. */
const [HEIGHT, CHARACTER, MARK, GAP, RING] = [22, 9.6, 9, 4, 24];

const boxAt = (x: number, y: number, width: number, height: number): Box => ({left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2});
const shared = (a: Box, b: Box) => Math.max(0, Math.min(a.right, b.right) - Math.max(a.left, b.left)) * Math.max(0, Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top));

/**
 * Tries places above, below and beside a point, then farther off, and takes the first that is free, else the one that covers least.
 *
 * @param points Places in pixels, y downwards, in a panel of this width and height.
 * @param texts A label for each.
 * @param more Other marks that labels should leave free.
 */
export function placeLabels(points: readonly {x: number; y: number}[], texts: readonly string[], panel: {width: number; height: number}, more: readonly {x: number; y: number}[] = []): Placed[] {
  const taken = [...points, ...more].map(({x, y}) => boxAt(x, y, 2 * MARK, 2 * MARK));
  return points.map(({x, y}, i) => {
    const width = CHARACTER * texts[i]!.length, across = MARK + GAP + width / 2, up = MARK + GAP + HEIGHT / 2;
    const places = [0, 1, 2, 3].flatMap(ring => [[0, -up - ring * RING], [0, up + ring * RING], ...(ring === 0 ? [[across, 0], [-across, 0]] : [[across, -ring * RING], [across, ring * RING], [-across, -ring * RING], [-across, ring * RING]])].map(([dx, dy]) => ({dx: dx!, dy: dy!, far: ring > 0})));
    const covered = places.map(({dx, dy}) => {
      const box = boxAt(x + dx, y + dy, width, HEIGHT);
      const outside = width * HEIGHT - shared(box, {left: 0, right: panel.width, top: 0, bottom: panel.height});
      return outside * 2 + taken.reduce((sum, other) => sum + shared(box, other), 0);
    });
    const best = places[covered.indexOf(Math.min(...covered))]!;
    taken.push(boxAt(x + best.dx, y + best.dy, width, HEIGHT));
    return best;
  });
}
