// Writes IDX files, the format of MNIST.

export function idxFile(type: number, shape: number[], values: Buffer): Buffer {
  const head = Buffer.alloc(4 + 4 * shape.length);
  head.set([0, 0, type, shape.length]);
  shape.forEach((size, axis) => head.writeUInt32BE(size, 4 + 4 * axis));
  return Buffer.concat([head, values]);
}
