// Points on the circle or the sphere while encoders train: a panel for each temperature or loss,
// moved together by Play and a slider over steps.
// Wang & Isola 2020, "Understanding Contrastive Representation Learning through Alignment and
// Uniformity on the Hypersphere", arXiv:2005.10242, fig. 3.

import {ascending, groups, sum} from 'd3-array';
import {evenUniformity} from '../../analysis/evenUniformity';
import {check} from '../../check';
import {distinct} from '../../figures/distinct';
import type {Figure, PlotlyObject} from '../../figures/figure';
import {note} from '../../figures/notes';
import {count, sentences, signed} from '../../figures/texts';
import {colors, layout, mark, size, width} from '../../figures/theme';
import {line, type Place} from '../../figures/traces';
import type {HypersphereFrame} from './frames';

export interface HypersphereFigureOptions {
  /** @default 'Projections of <data set> on the circle' (or the sphere) */
  title?: string;
}

/** What stands under a panel, in this order. */
const measurements = ['uniformity', 'alignment', 'tolerance'] as const;
type Measurement = (typeof measurements)[number];

/** A frame of the study; or points of one's own, with those measurements that are known of them. */
export type DrawnFrame = Pick<HypersphereFrame, 'dataset' | 'objective' | 'step' | 'points' | 'labels' | 'classes'> &
  Partial<Pick<HypersphereFrame, Measurement | 'seed' | 'steps' | 'loss'>>;

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
/** Where its heading and its numbers stand, in pixels from the lower left. */
type Stand = {x: number; top: number; below: number};

/** Panels in a row. */
const COLUMNS = 3;
const pixels = {
  /** Margin at the sides. */
  side: 24,
  /** Between panels. */
  gap: 12,
  /** Largest width of a panel, by how often its height is its width. */
  largest: {1: 420, 2: 260},
  /** Of a panel: its heading, and a line of its numbers. */
  heading: 34,
  line: 26,
  /** Above all: the title, and it with the legend. */
  title: 100,
  legend: 150,
  /** The controls below, or what stands there without them. */
  controls: 118,
  bottom: 20,
} as const;
/** Milliseconds that Play shows a frame. */
const PACE = 220;
/** Of the histogram round the circle. */
const ring = {
  /** The radius at which it begins. */
  base: 1.08,
  /** The length of a bin that holds an even share of the points. */
  even: 0.12,
  /** Where longer bars are cut. */
  rim: 1.68,
} as const;
/** Half the room of a hemisphere's disc of radius 1. */
const DISC = 1.1;
/** Corners of a drawn circle. */
const CORNERS = 120;

/**
 * One panel for each objective, at the last step until Play or the slider moves them all. On the
 * circle a histogram by angle stands round the points, and a spoke leads to each class's mean.
 *
 * @param frames Of the same images and one number of dimensions. At a step of which a panel has no
 * frame it shows its latest one before.
 * @throws RangeError when there is no frame, or they are of several data sets, images or
 * dimensions; or a frame is the first of its panel at a later step than another's.
 */
export function hypersphereFigure(frames: readonly DrawnFrame[], {title}: HypersphereFigureOptions = {}): Figure {
  const {dataset, classes, n, dimensions} = whatOf(frames);
  const steps = distinct(frames.map(({step}) => step)).sort(ascending);
  const [firstStep, lastStep] = [steps[0]!, steps.at(-1)!];
  const objectives = groups(
    [...frames].sort((a, b) => a.step - b.step),
    ({objective}) => objective,
  );
  const late = objectives.find(([, own]) => own[0]!.step > firstStep);
  const none = `got none of ${late?.[0]}`;
  check(late === undefined, 'hypersphereFigure', `expected a frame of each panel at step ${firstStep}, ${none}`);
  const latest = (own: readonly DrawnFrame[], step: number) => own.filter(frame => frame.step <= step).at(-1)!;

  const numberLines = Math.max(...frames.map(frame => measured(frame).length));
  const {domains, places, inner} = arranged(objectives.length, dimensions === 2 ? 1 : 2, numberLines);
  const moves = steps.length > 1;
  const top = classes.length > 1 ? pixels.legend : pixels.title;
  const bottom = moves ? pixels.controls : pixels.bottom;
  const panels = objectives.map(([objective, own], i) => {
    const domain = domains[i]!;
    const panel = dimensions === 2 ? circle(domain, i, frames[0]!, binsFor(n)) : sphere(domain, i, classes);
    return {objective, own, ...panel};
  });
  const still = panels.flatMap(panel => panel.still);
  const moving = [...panels.flatMap(panel => panel.moving), numbers];
  const at = (step: number) => [
    ...panels.flatMap(panel => panel.at(latest(panel.own, step))),
    numbersAt(
      panels.map(({own}) => latest(own, step)),
      places,
    ),
  ];
  const now = at(lastStep);
  const body = bodyOf(dimensions);
  const headings = panels.map(({objective}, i) => {
    const {x, top: y} = places[i]!;
    const place = {on: {x: 'x', y: 'y'}, x, y, anchor: 'center bottom', shift: {y: 4}};
    return note(objective, {...place, fontSize: size.heading});
  });
  return {
    name: `hypersphere-${dimensions}d-${dataset}`,
    data: [...still, ...moving.map((style, i) => ({...style, ...now[i]}))],
    layout: layout({
      title: title ?? `Projections of ${dataset} on the ${body}`,
      subtitle: lastStep === 0 ? `${n} points` : `${n} test images; no training saw a class; Play, or pull the slider`,
      height: top + inner.height + bottom,
      top,
      bottom,
      left: pixels.side,
      right: pixels.side,
      legend: classes.length > 1,
      ...Object.fromEntries(panels.flatMap(({place}) => Object.entries(place))),
      xaxis: {visible: false, fixedrange: true, range: [0, inner.width]},
      yaxis: {visible: false, fixedrange: true, range: [0, inner.height]},
      annotations: headings,
      ...(moves && controls(steps)),
    }),
    ...(moves && {
      frames: steps.map(step => ({
        name: String(step),
        data: at(step),
        traces: moving.map((_, i) => still.length + i),
      })),
    }),
    caption: captionText(frames[0]!, dimensions, lastStep),
    alt: sentences(
      `${n} points of ${classes.length} class${classes.length === 1 ? '' : 'es'} on a ${body}, ` +
        `${panels.length === 1 ? 'one panel' : count(panels.length, 'panel')}.`,
      ...panels.map(({objective, own}) => altText(objective, own[0]!, own.at(-1)!)),
    ),
    credits: [],
    runs: [],
    rows: frames.map(frame => ({
      ...frame,
      points: frame.points.map(point => point.map(value => rounded(value, 4))),
    })),
  };
}

type What = {dataset: string; classes: readonly string[]; n: number; dimensions: 2 | 3};

/** What all frames share. @throws RangeError when they do not. */
function whatOf(frames: readonly DrawnFrame[]): What {
  const [first] = frames;
  check(first !== undefined, 'hypersphereFigure', 'expected at least one frame, got none');
  const sets = distinct(frames.map(setText));
  const wanted = 'frames of one data set, its classes and one number of dimensions';
  check(sets.length === 1, 'hypersphereFigure', `expected ${wanted}, got ${sets.join('; ')}`);
  const {dataset, classes, points} = first;
  const dimensions = points[0]?.length;
  const drawable = dimensions === 2 || dimensions === 3;
  check(drawable, 'hypersphereFigure', `expected points of 2 or 3 dimensions, got ${dimensions}`);
  const shown = distinct(frames.map(({labels}) => labels.join()));
  check(shown.length === 1, 'hypersphereFigure', 'expected the same images in all frames, got other labels in some');
  return {dataset, classes, n: points.length, dimensions};
}

const setText = ({dataset, classes, points}: DrawnFrame): string =>
  `${dataset} (${classes.join(', ')}) in ${points[0]?.length ?? 0} dimensions`;

const bodyOf = (dimensions: 2 | 3) => (dimensions === 2 ? 'circle' : 'sphere');

/** What {@link arranged} says of the panels. */
type Arrangement = {domains: Domain[]; places: Stand[]; inner: {width: number; height: number}};

/**
 * Rows of panels in pixels: the domain of each, and where its heading and its numbers stand.
 *
 * @param aspect How often a panel's height is its width.
 * @param lines That its numbers take.
 */
function arranged(panels: number, aspect: 1 | 2, lines: number): Arrangement {
  const columns = Math.min(panels, COLUMNS);
  const {gap, heading} = pixels;
  const inner = width - 2 * pixels.side;
  const side = Math.min(pixels.largest[aspect], (inner - gap * (columns - 1)) / columns);
  const left = (inner - columns * side - (columns - 1) * gap) / 2;
  const row = heading + aspect * side + pixels.line * lines + 14;
  const height = Math.ceil(panels / COLUMNS) * row;
  const places = Array.from({length: panels}, (_, i) => {
    const top = height - Math.floor(i / columns) * row - heading;
    return {x: left + (i % columns) * (side + gap) + side / 2, top, below: top - aspect * side};
  });
  const domains = places.map(({x, top, below}): Domain => ({
    x: [(x - side / 2) / inner, (x + side / 2) / inner],
    y: [below / height, top / height],
  }));
  return {domains, places, inner: {width: inner, height}};
}

/** Bins of the histogram: five points each if they were even, no finer than six degrees. */
const binsFor = (n: number) => Math.min(60, Math.max(8, Math.round(n / 5)));

const angleOf = ([x, y]: readonly number[]) => (Math.atan2(y!, x!) * 180) / Math.PI;

/** What a trace on a circle is made of, in place of x and y. */
const polarTrace = (subplot: string, trace: PlotlyObject): PlotlyObject => ({...trace, type: 'scatterpolar', subplot});

/** A circle with a histogram round it. */
function circle(domain: Domain, panel: number, {labels: initialLabels, classes}: DrawnFrame, bins: number): Panel {
  const subplot = `polar${panel === 0 ? '' : panel + 1}`;
  const degrees = 360 / bins;
  const centers = Array.from({length: bins}, (_, bin) => (bin + 0.5) * degrees);
  const round = Array.from({length: CORNERS + 1}, (_, i) => (360 / CORNERS) * i);
  const bars = (rest: PlotlyObject): PlotlyObject => ({
    type: 'barpolar',
    subplot,
    theta: centers,
    width: degrees,
    hoverinfo: 'skip',
    showlegend: false,
    ...rest,
  });
  return {
    place: {
      [subplot]: {
        domain,
        bgcolor: colors.paper,
        barmode: 'stack',
        bargap: 0,
        radialaxis: {visible: false, range: [0, ring.rim]},
        angularaxis: {visible: false},
      },
    },
    still: [
      polarTrace(subplot, {
        mode: 'lines',
        r: round.map(() => 1),
        theta: round,
        line: {color: colors.quiet, width: 1.5},
        hoverinfo: 'skip',
        showlegend: false,
      }),
      bars({r: centers.map(() => ring.base), marker: {opacity: 0}}), // the others are stacked on it
    ],
    moving: [
      ...classes.map((name, k) => bars({name, legendgroup: name, marker: {color: mark(k).color, opacity: 0.8}})),
      ...classes.map((name, k) =>
        polarTrace(subplot, {
          mode: 'markers',
          r: initialLabels.flatMap(label => (label === k ? [1] : [])),
          ...classStyle(name, k, panel),
          hovertemplate: `${name}, %{theta:.0f}°<extra></extra>`,
        }),
      ),
      polarTrace(subplot, {
        mode: 'lines+markers',
        showlegend: false,
        line: {color: colors.quiet, width: 2},
        hoverinfo: 'skip',
        marker: {
          ...meanStyle,
          size: classes.flatMap(() => [0, 15]),
          symbol: classes.flatMap((_, k) => ['circle', mark(k).symbol]),
          color: classes.flatMap((_, k) => [colors.paper, mark(k).color]),
        },
      }),
    ],
    at({points, labels}) {
      const angles = points.map(point => (angleOf(point) + 360) % 360);
      const ofClass = classes.map((_, k) => angles.filter((_, i) => labels[i] === k));
      const means = meansOf(points, labels, classes.length);
      const shareIn = (some: readonly number[], bin: number) =>
        some.filter(angle => Math.floor(angle / degrees) === bin).length / points.length;
      return [
        ...ofClass.map(some => ({r: centers.map((_, bin) => rounded(shareIn(some, bin) * bins * ring.even, 3))})),
        ...ofClass.map(some => ({theta: some.map(angle => rounded(angle, 1))})),
        {
          r: means.flatMap(mean => [0, rounded(Math.hypot(...mean), 3)]),
          theta: means.flatMap(mean => [0, rounded(angleOf(mean), 1)]),
        },
      ];
    },
  };
}

/** A point on the discs. */
type Flat = [x: number, y: number];

/**
 * A sphere as two discs, its front over its back, each hemisphere in an equal-area projection
 * (Lambert's): an even spread looks even. The back is seen through the sphere, so that a point that
 * leaves one disc enters the other at the same angle. Drawn flat, it needs no WebGL and prints as
 * it is seen.
 */
function sphere(domain: Domain, panel: number, classes: readonly string[]): Panel {
  const [xaxis, yaxis] = [`x${panel + 2}`, `y${panel + 2}`]; // the first ones are the numbers'
  const hidden: PlotlyObject = {visible: false, fixedrange: true, zeroline: false};
  const on = {xaxis, yaxis};
  const net = [...[30, 60].map(degrees => netCircle(degrees)), ...[0, 30, 60, 90, 120, 150].map(netDiameter)];
  const onBoth = (parts: readonly Flat[][]) => {
    const moved = [DISC, -DISC].flatMap(disc => parts.map(part => part.map(([x, y]): Flat => [x, y + disc])));
    const apart = <T extends Place>(of: (point: Flat) => T) => moved.flatMap(part => [...part.map(of), null]);
    return [apart(([x]) => x), apart(([, y]) => y)] as const;
  };
  const drawn = (parts: readonly Flat[][], color: string, thickness: number) =>
    line(undefined, ...onBoth(parts), {color, width: thickness, legend: false, rest: on});
  return {
    place: {
      [`xaxis${panel + 2}`]: {...hidden, domain: domain.x, anchor: yaxis, range: [-DISC, DISC]},
      [`yaxis${panel + 2}`]: {...hidden, domain: domain.y, anchor: xaxis, range: [-2 * DISC, 2 * DISC]},
    },
    still: [
      drawn(net, colors.grid, 1),
      drawn([netCircle(90, 90)], colors.quiet, 1.5),
      {
        type: 'scatter',
        mode: 'text',
        ...on,
        x: [-DISC, -DISC],
        y: [2 * DISC, 0],
        text: ['front', 'back'],
        textposition: 'bottom right',
        textfont: {size: size.small, color: colors.quiet},
        hoverinfo: 'skip',
        showlegend: false,
      },
    ],
    moving: [
      ...classes.map((name, k): PlotlyObject => ({
        type: 'scatter',
        mode: 'markers',
        ...on,
        ...classStyle(name, k, panel),
        hovertemplate: `${name}<extra></extra>`,
      })),
      {
        type: 'scatter',
        mode: 'markers',
        ...on,
        showlegend: false,
        hoverinfo: 'skip',
        marker: {
          ...meanStyle,
          size: 15,
          symbol: classes.map((_, k) => mark(k).symbol),
          color: classes.map((_, k) => mark(k).color),
        },
      },
    ],
    at({points, labels}) {
      const flat = (some: readonly (readonly number[])[]) => {
        const places = some.map(onDiscs);
        return {x: places.map(([x]) => rounded(x, 3)), y: places.map(([, y]) => rounded(y, 3))};
      };
      return [
        ...classes.map((_, k) => flat(points.filter((_, i) => labels[i] === k))),
        flat(meansOf(points, labels, classes.length)),
      ];
    },
  };
}

/**
 * Where a direction falls: the front's disc stands at y = DISC, the back's at −DISC, both of radius
 * 1.
 */
function onDiscs(direction: readonly number[]): Flat {
  const length = Math.hypot(...direction) || 1;
  const [x, y, z] = direction.map(value => value / length) as [number, number, number];
  const scale = 1 / Math.sqrt(1 + Math.abs(z)); // √(2/(1 + |z|)), over the rim's √2
  return [x * scale, y * scale + (z >= 0 ? DISC : -DISC)];
}

/** The circle so many degrees from a disc's middle. */
const netCircle = (degrees: number, corners = 36): Flat[] => {
  const radius = Math.SQRT2 * Math.sin((degrees * Math.PI) / 360);
  return Array.from({length: corners + 1}, (_, i) => polar(radius, (360 * i) / corners));
};

/** The diameter at so many degrees. */
const netDiameter = (degrees: number): Flat[] => [polar(1, degrees), polar(-1, degrees)];

const polar = (radius: number, degrees: number): Flat => {
  const angle = (degrees * Math.PI) / 180;
  return [rounded(radius * Math.cos(angle), 3), rounded(radius * Math.sin(angle), 3)];
};

const classStyle = (name: string, k: number, panel: number): PlotlyObject => ({
  name,
  legendgroup: name,
  showlegend: panel === 0,
  marker: {color: mark(k).color, symbol: mark(k).symbol, size: 8, opacity: 0.7},
});

const meanStyle = {line: {color: colors.text, width: 1.5}, opacity: 1};

/** What is measured, under the panels. Its axes count pixels. */
const numbers: PlotlyObject = {
  type: 'scatter',
  mode: 'text',
  textposition: 'bottom center',
  textfont: {size: size.small},
  hoverinfo: 'skip',
  showlegend: false,
  cliponaxis: false,
};

const numbersAt = (frames: readonly DrawnFrame[], places: readonly Stand[]): PlotlyObject => ({
  x: places.map(({x}) => x),
  y: places.map(({below}) => below),
  text: frames.map(frame => measured(frame).join('<br>')),
});

/** Play, Pause, and a slider over steps. */
function controls(steps: readonly number[]): PlotlyObject {
  const still = {mode: 'immediate', transition: {duration: 0}};
  const stop = (step: number): PlotlyObject => ({
    label: String(step),
    method: 'animate',
    args: [[String(step)], {...still, frame: {duration: 0, redraw: true}}],
  });
  const play = {...still, fromcurrent: true, frame: {duration: PACE, redraw: true}};
  const pause = {...still, frame: {duration: 0, redraw: false}};
  return {
    updatemenus: [
      {
        type: 'buttons',
        direction: 'left',
        showactive: false,
        x: 0,
        xanchor: 'left',
        y: 0,
        yanchor: 'top',
        pad: {t: 44, l: 4},
        font: {size: size.small},
        buttons: [
          {label: 'Play', method: 'animate', args: [null, play]},
          {label: 'Pause', method: 'animate', args: [[null], pause]},
        ],
      },
    ],
    sliders: [
      {
        active: steps.length - 1,
        x: 0.2,
        len: 0.78,
        y: 0,
        yanchor: 'top',
        pad: {t: 14, b: 4},
        font: {size: size.small},
        currentvalue: {prefix: 'step ', font: {size: size.text}, xanchor: 'right', offset: 6},
        steps: steps.map(stop),
      },
    ],
  };
}

/** Mean point of each class; its length is 1 when the class is one point. */
function meansOf(points: readonly (readonly number[])[], labels: readonly number[], classes: number): number[][] {
  return Array.from({length: classes}, (_, k) => {
    const some = points.filter((_, i) => labels[i] === k);
    return points[0]!.map((_, axis) => sum(some, point => point[axis]) / Math.max(1, some.length));
  });
}

function captionText({dataset, points, seed}: DrawnFrame, dimensions: 2 | 3, steps: number): string {
  const n = points.length;
  const body = bodyOf(dimensions);
  const longest = ((ring.rim - ring.base) / ring.even).toFixed(0);
  return sentences(
    steps === 0
      ? `${n} points on the unit ${body}.`
      : `Unit projections of ${n} test images of ${dataset} on the ${body}, colored and marked by class, after ` +
          `${steps} training steps${seed === undefined ? '' : `; seed ${seed}`}.`,
    dimensions === 2
      ? `Round the circle: how many lie in each of ${binsFor(n)} angles, cut off at ${longest} times an even share; ` +
          'spokes lead to the mean of each class, which touches the circle when the class is one point.'
      : 'Each hemisphere is a disc of equal areas, the back seen through the sphere: a point that leaves one disc ' +
          'enters the other at the same angle. Large marks: the direction of the mean of each class.',
    `Uniformity: −log E exp(−2‖x − y‖²), ${evenUniformity(dimensions).toFixed(2)} for points that cover the ${body} ` +
      'evenly, 0 for one point.',
    'Alignment: mean squared distance of two views of an image. Tolerance: mean cosine of points of one class.',
  );
}

function altText(objective: string, start: DrawnFrame, end: DrawnFrame): string {
  const before =
    end.step > start.step ? ` at step ${end.step}; ${measured(start).join(', ')} at step ${start.step}` : '';
  return `${objective}: ${measured(end).join(', ')}${before}.`;
}

/** "uniformity 1.44" and so on: what is known of a frame. */
const measured = (frame: DrawnFrame): string[] =>
  measurements.flatMap(name => {
    const value = frame[name];
    return value === undefined ? [] : [`${name} ${signed(value, 2)}`];
  });

const rounded = (value: number, digits: number) => Math.round(value * 10 ** digits) / 10 ** digits;
