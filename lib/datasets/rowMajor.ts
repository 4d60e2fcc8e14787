// Turns an image as MATLAB stores it, one channel after the other and each column by column, into
// rows of pixels.

/** @param from Bytes of [c, w, h].  @param to Receives [h, w, c]; other memory than `from`. */
export function rowMajor(from: Uint8Array, [h, w, c]: readonly [number, number, number], to: Uint8Array): void {
  let at = 0;
  for (let y = 0; y < h; y++)
    for (let x = 0; x < w; x++)
      for (let channel = 0; channel < c; channel++) to[at++] = from[(channel * w + x) * h + y]!;
}
