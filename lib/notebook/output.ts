// What a cell puts out: several forms of one thing (mimes), which the kernel shows and may replace;
// plain text where there is no kernel.

/** Forms of one output by mime; `text/plain` is what remains where nothing richer is shown. */
export type Bundle = {'text/plain': string; [mime: string]: unknown};

export interface Output {
  /** Whether a kernel shows rich forms, or only text goes to the standard output. */
  rich: boolean;
  /** @param id Names the output, so that a later one of the same name replaces it. */
  write(bundle: Bundle, options?: {id?: string; metadata?: Record<string, unknown>}): void;
}

type DisplayData = {data: Record<string, unknown>; metadata: Record<string, unknown>; transient: {display_id?: string}};
type Jupyter = {lastWriteDisplayData: ((data: DisplayData, update: boolean) => void) | null};

/**
 * The output of the cell that runs now. Work that outlives its cell keeps writing there.
 *
 * tslab's own `display` writes one mime an output; this is the function beneath it.
 */
export function cellOutput(): Output {
  const inKernel = '__tslab__' in globalThis; // set by the kernel before the first cell
  const write = inKernel ? (require('tslab/dist/jupyter') as Jupyter).lastWriteDisplayData : null;
  if (!write) return {rich: false, write: bundle => console.log(bundle['text/plain'])};
  const shown = new Set<string>();
  return {
    rich: true,
    write(data, {id, metadata = {}} = {}) {
      write({data, metadata, transient: {display_id: id}}, id !== undefined && shown.has(id));
      if (id !== undefined) shown.add(id);
    },
  };
}
