// A folder of 120 plain images in two classes, of several widths.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import sharp from 'sharp';

export async function coloredImages(): Promise<string> {
  const images = fs.mkdtempSync(path.join(os.tmpdir(), 'images-'));
  for (const [kind, hue] of [
    ['red', 20],
    ['blue', 200],
  ] as const) {
    fs.mkdirSync(path.join(images, kind));
    for (let i = 0; i < 60; i++)
      await sharp({
        create: {
          width: 20 + i,
          height: 30,
          channels: 3,
          background: `hsl(${hue}, ${40 + (i % 50)}%, ${30 + (i % 40)}%)`,
        },
      })
        .png()
        .toFile(path.join(images, kind, `${i}.png`));
  }
  return images;
}
