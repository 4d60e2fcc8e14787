import assert from 'node:assert/strict';
import {test} from 'node:test';
import {placeLabels} from '../../lib/figures/placeLabels';

const panel = {width: 400, height: 300};

test('alone, a label stands above its point; at the top edge below it', () => {
  const [middle, top] = placeLabels([{x: 200, y: 150}, {x: 80, y: 5}], ['name', 'name'], panel);
  assert.ok(middle!.dx === 0 && middle!.dy < 0 && !middle!.far);
  assert.ok(top!.dx === 0 && top!.dy > 0);
});

test('labels of points that lie together cover neither each other nor a mark', () => {
  const points = Array.from({length: 7}, (_, i) => ({x: 190 + 5 * i, y: 150 + 4 * ((i * 3) % 7)}));
  const texts = points.map((_, i) => `name ${i}`);
  const boxes = placeLabels(points, texts, panel).map(({dx, dy}, i) => ({x: points[i]!.x + dx, y: points[i]!.y + dy}));
  for (const [i, a] of boxes.entries()) {
    for (const b of boxes.slice(i + 1)) assert.ok(Math.abs(a.x - b.x) >= 57 || Math.abs(a.y - b.y) >= 22, `labels at ${a.x}, ${a.y} and ${b.x}, ${b.y} touch`);
    assert.ok(points.every(({x, y}) => Math.abs(a.x - x) >= 28 || Math.abs(a.y - y) >= 11));
  }
});
