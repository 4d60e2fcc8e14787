// Numbers from −1 to 1 as an exact function of a name and a position, the same here and in
// hashed.py: fixtures need not store weights and inputs.

/** FNV-1a of the name, then murmur3's finalizer of name and position. Row-major. */
export function hashed(name: string, shape: readonly number[], scale = 1): Float32Array {
  let seed = 0x811c9dc5;
  for (const byte of Buffer.from(name)) seed = Math.imul(seed ^ byte, 0x01000193);
  return Float32Array.from({length: shape.reduce((a, b) => a * b, 1)}, (_, i) => {
    let h = (Math.imul(i, 0x9e3779b9) + seed) | 0;
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    h ^= h >>> 16;
    return scale * ((h >>> 0) / 2 ** 31 - 1);
  });
}
