// What a figure is: plotly's plain object, and what a reader needs beside the picture.

/** Plain data, as JSON holds it. */
export type Plain = string | number | boolean | null | undefined | readonly Plain[] | {readonly [name: string]: Plain};

/** What one thing drawn, or one measurement behind it, is called and was. */
export type Row = {readonly [column: string]: Plain};

/** A trace, a layout or a frame of plotly: see plotly.com/javascript/reference. */
export type PlotlyObject = {[property: string]: Plain};

/** A figure: made by a pure function of rows, shown by `show`, written by `exportFigure`. */
export interface Figure {
  /** Short, without blanks: the natural name of its file. */
  name: string;
  data: PlotlyObject[];
  layout: PlotlyObject & {width: number; height: number};
  frames?: PlotlyObject[];
  /** What is drawn, how it was measured, n and spread. */
  caption: string;
  /** What a reader sees, in words and numbers, for those who cannot see it. */
  alt: string;
  /** Whom to credit for the images and the published numbers in it. */
  credits: string[];
  /** Identifiers of the runs that it is drawn from. */
  runs: string[];
  /** All that is drawn, for a table or a CSV file. */
  rows: Row[];
}

/** Caption, credits and runs as the lines of text that go with a figure wherever it goes. */
export function figureText({caption, credits, runs}: Figure): string[] {
  const credit = credits.length ? [`Credit: ${credits.join('; ')}.`] : [];
  return [caption, ...credit, ...(runs.length ? [`Runs: ${runs.join(', ')}.`] : [])];
}
