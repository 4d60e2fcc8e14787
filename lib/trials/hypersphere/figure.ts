// Points on the circle or the sphere while encoders train: a panel for each temperature or loss, moved together by Play and a slider over steps.
// Wang & Isola 2020, "Understanding Contrastive Representation Learning through Alignment and Uniformity on the Hypersphere", arXiv:2005.10242, fig. 3.

import {evenUniformity} from '../../analysis/evenUniformity';
import {check} from '../../check';
import type {HypersphereFrame} from './frames';
import type {Figure, PlotlyObject} from '../../figures/figure';
import {distinct, grouped} from '../../figures/grouped';
import {colors, layout, legend, mark, size, width} from '../../figures/theme';

export interface HypersphereFigureOptions {
  /** @default 'Projections of <data set> on the circle' (or the sphere) */
  title?: string;
}

/** A frame of the study; or points of one's own, with those measurements that are known of them. */
export type DrawnFrame = Pick<HypersphereFrame, 'dataset' | 'objective' | 'step' | 'points' | 'labels' | 'classes'> & Partial<Pick<HypersphereFrame, Measurement | 'seed' | 'steps' | 'loss'>>;
type Measurement = (typeof measurements)[number];

/** What stands under a panel, in this order. */
const measurements = ['uniformity', 'alignment', 'tolerance'] as const;

/** A panel's traces: those that stay, and those that move, with what each frame gives them. */
type Panel = {
  /** Its subplot or axes, for the layout. */
  place: PlotlyObject;
  still: PlotlyObject[];
  moving: PlotlyObject[];
  at(frame: DrawnFrame): PlotlyObject[];
};
/** Where a panel stands, as shares of the figure's inner width and height. */
type Domain = {x: [number, number]; y: [number, number]};

/** Panels in a row, and pixels: margin at the sides, between panels, largest width of a panel (by how often its height is its width), its heading, a line of its numbers, title and legend above all, the controls below. */
const [COLUMNS, SIDE, GAP, LARGEST, HEADING, LINE, TOP, CONTROLS] = [3, 24, 12, {1: 420, 2: 260}, 34, 26, {title: 100, legend: 150}, 118];
/** Milliseconds that Play shows a frame. */
const PACE = 220;
/** Of the histogram round the circle: the radius at which it begins, the length of a bin that holds an even share of the points, and where longer bars are cut. */
const [BASE, EVEN, RIM] = [1.08, 0.12, 1.68];
/** Half the room of a hemisphere's disc of radius 1. */
const DISC = 1.1;

/**
 * One panel for each objective, at the last step until Play or the slider moves them all. On the circle a histogram by angle stands round the points, and a spoke leads to each class's mean.
 *
 * @param frames Of the same images and one number of dimensions. At a step of which a panel has no frame it shows its latest one before.
 * @throws RangeError when there is no frame, or they are of several data sets, images or dimensions; or a frame is the first of its panel at a later step than another's.
 */
export function hypersphereFigure(frames: readonly DrawnFrame[], {title}: HypersphereFigureOptions = {}): Figure {
  check(frames.length > 0, 'hypersphereFigure', 'expected at least one frame, got none');
  const sets = distinct(frames.map(({dataset, classes, points}) => `${dataset} (${classes.join(', ')}) in ${points[0]?.length ?? 0} dimensions`));
  check(sets.length === 1, 'hypersphereFigure', `expected frames of one data set, its classes and one number of dimensions, got ${sets.join('; ')}`);
  const [{dataset, classes, points: [{length: dimensions}]}] = frames as [DrawnFrame & {points: [number[]]}];
  check(dimensions === 2 || dimensions === 3, 'hypersphereFigure', `expected points of 2 or 3 dimensions, got ${dimensions}`);
  const shown = distinct(frames.map(({labels}) => labels.join()));
  check(shown.length === 1, 'hypersphereFigure', 'expected the same images in all frames, got other labels in some');
  const steps = distinct(frames.map(({step}) => step)).sort((a, b) => a - b);
  const objectives = [...grouped([...frames].sort((a, b) => a.step - b.step), ({objective}) => objective)];
  const late = objectives.find(([, own]) => own[0]!.step > steps[0]!);
  check(late === undefined, 'hypersphereFigure', `expected a frame of each panel at step ${steps[0]}, got none of ${late?.[0]}`);
  const latest = (own: readonly DrawnFrame[], step: number) => own.filter(frame => frame.step <= step).at(-1)!;

  const {domains, places, inner} = arranged(objectives.length, dimensions === 2 ? 1 : 2, Math.max(...frames.map(frame => measured(frame).length)));
  const [top, bottom] = [classes.length > 1 ? TOP.legend : TOP.title, steps.length > 1 ? CONTROLS : 20];
  const height = top + inner.height + bottom;
  const n = frames[0]!.points.length;
  const panels = objectives.map(([objective, own], i) => ({objective, own, ...(dimensions === 2 ? circle(domains[i]!, i, frames[0]!, binsFor(n)) : sphere(domains[i]!, i, classes))}));
  const still = panels.flatMap(panel => panel.still);
  const moving = [...panels.flatMap(panel => panel.moving), numbers];
  const at = (step: number) => [...panels.flatMap(({own, at}) => at(latest(own, step))), numbersAt(panels.map(({own}) => latest(own, step)), places)];
  const now = at(steps.at(-1)!);
  const body = dimensions === 2 ? 'circle' : 'sphere';
  return {
    name: `hypersphere-${dimensions}d-${dataset}`,
    data: [...still, ...moving.map((style, i) => ({...style, ...now[i]}))],
    layout: layout({
      title: title ?? `Projections of ${dataset} on the ${body}`, subtitle: steps.at(-1) === 0 ? `${n} points` : `${n} test images; no training saw a class; Play, or pull the slider`,
      height, top, bottom, left: SIDE, right: SIDE, showlegend: classes.length > 1, legend: legend(height),
      ...Object.assign({}, ...panels.map(({place}) => place)),
      xaxis: {visible: false, fixedrange: true, range: [0, inner.width]}, yaxis: {visible: false, fixedrange: true, range: [0, inner.height]},
      annotations: panels.map(({objective}, i) => ({text: objective, xref: 'x', yref: 'y', x: places[i]!.x, y: places[i]!.top, xanchor: 'center', yanchor: 'bottom', yshift: 4, showarrow: false, font: {size: size.heading}})),
      ...(steps.length > 1 && controls(steps)),
    }),
    ...(steps.length > 1 && {frames: steps.map(step => ({name: String(step), data: at(step), traces: moving.map((_, i) => still.length + i)}))}),
    caption: captionText(frames[0]!, dimensions, steps.at(-1)!),
    alt: `${n} points of ${classes.length} class${classes.length === 1 ? '' : 'es'} on a ${body}, ${panels.length === 1 ? 'one panel' : `${panels.length} panels`}. ${panels.map(({objective, own}) => altText(objective, own[0]!, own.at(-1)!)).join(' ')}`,
    credits: [],
    runs: [],
    rows: frames.map(frame => ({...frame, points: frame.points.map(point => point.map(value => rounded(value, 4)))})),
  };
}

/** Rows of panels in pixels: the domain of each, and where its heading and its numbers stand. A panel is `aspect` times as high as wide, its numbers take so many lines. */
function arranged(count: number, aspect: 1 | 2, lines: number): {domains: Domain[]; places: {x: number; top: number; below: number}[]; inner: {width: number; height: number}} {
  const [columns, rows] = [Math.min(count, COLUMNS), Math.ceil(count / COLUMNS)];
  const inner = width - 2 * SIDE;
  const side = Math.min(LARGEST[aspect], (inner - GAP * (columns - 1)) / columns);
  const left = (inner - columns * side - (columns - 1) * GAP) / 2;
  const row = HEADING + aspect * side + LINE * lines + 14;
  const height = rows * row;
  const places = Array.from({length: count}, (_, i) => {
    const top = height - Math.floor(i / columns) * row - HEADING;
    return {x: left + (i % columns) * (side + GAP) + side / 2, top, below: top - aspect * side};
  });
  return {
    domains: places.map(({x, top, below}) => ({x: [(x - side / 2) / inner, (x + side / 2) / inner], y: [below / height, top / height]})),
    places, inner: {width: inner, height},
  };
}

/** Bins of the histogram: five points each if they were even, no finer than six degrees. */
const binsFor = (points: number) => Math.min(60, Math.max(8, Math.round(points / 5)));

/** A circle with a histogram round it. */
function circle(domain: Domain, panel: number, {labels, classes}: DrawnFrame, bins: number): Panel {
  const subplot = `polar${panel === 0 ? '' : panel + 1}`;
  const degrees = 360 / bins;
  const centers = Array.from({length: bins}, (_, bin) => (bin + 0.5) * degrees);
  const round = Array.from({length: 121}, (_, i) => 3 * i);
  return {
    place: {[subplot]: {domain, bgcolor: colors.paper, barmode: 'stack', bargap: 0, radialaxis: {visible: false, range: [0, RIM]}, angularaxis: {visible: false}}},
    still: [
      {type: 'scatterpolar', mode: 'lines', subplot, r: round.map(() => 1), theta: round, line: {color: colors.quiet, width: 1.5}, hoverinfo: 'skip', showlegend: false},
      {type: 'barpolar', subplot, r: centers.map(() => BASE), theta: centers, width: degrees, marker: {opacity: 0}, hoverinfo: 'skip', showlegend: false},   // the others are stacked on it
    ],
    moving: [
      ...classes.map((name, k): PlotlyObject => ({type: 'barpolar', subplot, name, legendgroup: name, showlegend: false, theta: centers, width: degrees, marker: {color: mark(k).color, opacity: 0.8}, hoverinfo: 'skip'})),
      ...classes.map((name, k): PlotlyObject => ({type: 'scatterpolar', mode: 'markers', subplot, r: labels.flatMap(label => (label === k ? [1] : [])), ...classStyle(name, k, panel), hovertemplate: `${name}, %{theta:.0f}°<extra></extra>`})),
      {type: 'scatterpolar', mode: 'lines+markers', subplot, showlegend: false, line: {color: colors.quiet, width: 2}, hoverinfo: 'skip',
        marker: {...meanStyle, size: classes.flatMap(() => [0, 15]), symbol: classes.flatMap((_, k) => ['circle', mark(k).symbol]), color: classes.flatMap((_, k) => [colors.paper, mark(k).color])}},
    ],
    at({points, labels}) {
      const angles = points.map(([x, y]) => (Math.atan2(y!, x!) * 180 / Math.PI + 360) % 360);
      const ofClass = classes.map((_, k) => angles.filter((_, i) => labels[i] === k));
      const means = meansOf(points, labels, classes.length);
      return [
        ...ofClass.map(some => ({r: centers.map((_, bin) => rounded(some.filter(angle => Math.floor(angle / degrees) === bin).length / points.length * bins * EVEN, 3))})),
        ...ofClass.map(some => ({theta: some.map(angle => rounded(angle, 1))})),
        {r: means.flatMap(([x, y]) => [0, rounded(Math.hypot(x!, y!), 3)]), theta: means.flatMap(([x, y]) => [0, rounded(Math.atan2(y!, x!) * 180 / Math.PI, 1)])},
      ];
    },
  };
}

/**
 * A sphere as two discs, its front over its back, each hemisphere in an equal-area projection (Lambert's): an even spread looks even. The back is seen through the sphere, so that
 * a point that leaves one disc enters the other at the same angle. Drawn flat, it needs no WebGL and prints as it is seen.
 */
function sphere(domain: Domain, panel: number, classes: readonly string[]): Panel {
  const [xaxis, yaxis] = [`x${panel + 2}`, `y${panel + 2}`];   // the first ones are the numbers'
  const hidden: PlotlyObject = {visible: false, fixedrange: true, zeroline: false};
  const net = [...[30, 60].map(degrees => netCircle(degrees)), ...Array.from({length: 6}, (_, i) => netDiameter(i * 30))];
  const lines = (discs: readonly number[], parts: readonly (readonly [number, number])[][]) =>
    discs.flatMap(disc => parts.flatMap(part => [...part.map(([x, y]): [number, number] => [x, y + disc]), [null, null] as const]));
  const line = (points: ReturnType<typeof lines>, color: string, width: number): PlotlyObject =>
    ({type: 'scatter', mode: 'lines', xaxis, yaxis, x: points.map(([x]) => x), y: points.map(([, y]) => y), line: {color, width}, hoverinfo: 'skip', showlegend: false});
  return {
    place: {[`xaxis${panel + 2}`]: {...hidden, domain: domain.x, anchor: yaxis, range: [-DISC, DISC]}, [`yaxis${panel + 2}`]: {...hidden, domain: domain.y, anchor: xaxis, range: [-2 * DISC, 2 * DISC]}},
    still: [
      line(lines([DISC, -DISC], net), colors.grid, 1),
      line(lines([DISC, -DISC], [netCircle(90, 90)]), colors.quiet, 1.5),
      {type: 'scatter', mode: 'text', xaxis, yaxis, x: [-DISC, -DISC], y: [2 * DISC, 0], text: ['front', 'back'], textposition: 'bottom right', textfont: {size: size.small, color: colors.quiet}, hoverinfo: 'skip', showlegend: false},
    ],
    moving: [
      ...classes.map((name, k): PlotlyObject => ({type: 'scatter', mode: 'markers', xaxis, yaxis, ...classStyle(name, k, panel), hovertemplate: `${name}<extra></extra>`})),
      {type: 'scatter', mode: 'markers', xaxis, yaxis, showlegend: false, hoverinfo: 'skip', marker: {...meanStyle, size: 15, symbol: classes.map((_, k) => mark(k).symbol), color: classes.map((_, k) => mark(k).color)}},
    ],
    at({points, labels}) {
      const flat = (some: readonly (readonly number[])[]) => {
        const places = some.map(onDiscs);
        return {x: places.map(([x]) => rounded(x, 3)), y: places.map(([, y]) => rounded(y, 3))};
      };
      return [...classes.map((_, k) => flat(points.filter((_, i) => labels[i] === k))), flat(meansOf(points, labels, classes.length))];
    },
  };
}

/** Where a direction falls: the front's disc stands at y = DISC, the back's at −DISC, both of radius 1. */
function onDiscs(direction: readonly number[]): [number, number] {
  const length = Math.hypot(...direction) || 1;
  const [x, y, z] = direction.map(value => value / length) as [number, number, number];
  const scale = 1 / Math.sqrt(1 + Math.abs(z));   // √(2/(1 + |z|)), over the rim's √2
  return [x * scale, y * scale + (z >= 0 ? DISC : -DISC)];
}

/** The circle so many degrees from a disc's middle, and the diameter at so many degrees. */
const netCircle = (degrees: number, corners = 36) => Array.from({length: corners + 1}, (_, i): [number, number] => polar(Math.SQRT2 * Math.sin(degrees * Math.PI / 360), 360 * i / corners));
const netDiameter = (degrees: number): [number, number][] => [polar(1, degrees), polar(-1, degrees)];
const polar = (radius: number, degrees: number): [number, number] => [rounded(radius * Math.cos(degrees * Math.PI / 180), 3), rounded(radius * Math.sin(degrees * Math.PI / 180), 3)];

const classStyle = (name: string, k: number, panel: number): PlotlyObject => ({name, legendgroup: name, showlegend: panel === 0, marker: {color: mark(k).color, symbol: mark(k).symbol, size: 8, opacity: 0.7}});

const meanStyle = {line: {color: colors.text, width: 1.5}, opacity: 1};

/** What is measured, under the panels. Its axes count pixels. */
const numbers: PlotlyObject = {type: 'scatter', mode: 'text', textposition: 'bottom center', textfont: {size: size.small}, hoverinfo: 'skip', showlegend: false, cliponaxis: false};

const numbersAt = (frames: readonly DrawnFrame[], places: readonly {x: number; below: number}[]): PlotlyObject => ({
  x: places.map(({x}) => x), y: places.map(({below}) => below),
  text: frames.map(frame => measured(frame).join('<br>')),
});

/** Play, Pause, and a slider over steps. */
function controls(steps: readonly number[]): PlotlyObject {
  const still = {mode: 'immediate', transition: {duration: 0}};
  return {
    updatemenus: [{
      type: 'buttons', direction: 'left', showactive: false, x: 0, xanchor: 'left', y: 0, yanchor: 'top', pad: {t: 44, l: 4}, font: {size: size.small},
      buttons: [
        {label: 'Play', method: 'animate', args: [null, {...still, fromcurrent: true, frame: {duration: PACE, redraw: true}}]},
        {label: 'Pause', method: 'animate', args: [[null], {...still, frame: {duration: 0, redraw: false}}]},
      ],
    }],
    sliders: [{
      active: steps.length - 1, x: 0.2, len: 0.78, y: 0, yanchor: 'top', pad: {t: 14, b: 4}, font: {size: size.small}, currentvalue: {prefix: 'step ', font: {size: size.text}, xanchor: 'right', offset: 6},
      steps: steps.map(step => ({label: String(step), method: 'animate', args: [[String(step)], {...still, frame: {duration: 0, redraw: true}}]})),
    }],
  };
}

/** Mean point of each class; its length is 1 when the class is one point. */
function meansOf(points: readonly (readonly number[])[], labels: readonly number[], classes: number): number[][] {
  return Array.from({length: classes}, (_, k) => {
    const some = points.filter((_, i) => labels[i] === k);
    return points[0]!.map((_, axis) => some.reduce((sum, point) => sum + point[axis]!, 0) / Math.max(1, some.length));
  });
}

function captionText({dataset, points: {length: n}, seed}: DrawnFrame, dimensions: 2 | 3, steps: number): string {
  return [
    steps === 0 ? `${n} points on the unit ${dimensions === 2 ? 'circle' : 'sphere'}.`
      : `Unit projections of ${n} test images of ${dataset} on the ${dimensions === 2 ? 'circle' : 'sphere'}, colored and marked by class, after ${steps} training steps${seed === undefined ? '' : `; seed ${seed}`}.`,
    dimensions === 2 ? `Round the circle: how many lie in each of ${binsFor(n)} angles, cut off at ${((RIM - BASE) / EVEN).toFixed(0)} times an even share; spokes lead to the mean of each class, which touches the circle when the class is one point.`
      : 'Each hemisphere is a disc of equal areas, the back seen through the sphere: a point that leaves one disc enters the other at the same angle. Large marks: the direction of the mean of each class.',
    `Uniformity: −log E exp(−2‖x − y‖²), ${evenUniformity(dimensions).toFixed(2)} for points that cover the ${dimensions === 2 ? 'circle' : 'sphere'} evenly, 0 for one point. Alignment: mean squared distance of two views of an image. Tolerance: mean cosine of points of one class.`,
  ].join(' ');
}

const altText = (objective: string, start: DrawnFrame, end: DrawnFrame) =>
  `${objective}: ${measured(end).join(', ')}${end.step > start.step ? ` at step ${end.step}; ${measured(start).join(', ')} at step ${start.step}` : ''}.`;

/** "uniformity 1.44" and so on: what is known of a frame. */
const measured = (frame: DrawnFrame) => measurements.flatMap(name => (frame[name] === undefined ? [] : [`${name} ${frame[name]!.toFixed(2).replace('-', '−')}`]));
const rounded = (value: number, digits: number) => Math.round(value * 10 ** digits) / 10 ** digits;
