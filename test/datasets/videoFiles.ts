// Small videos: frame t of video v is [h, w] of one color, red 20 t, green 40 v, blue 200.

import fs from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';

export const colorOf = (video: number, frame: number) => [20 * frame, 40 * video, 200] as const;

const frameOf = (video: number, frame: number, [h, w]: readonly [number, number]) =>
  Buffer.from(Array.from({length: h * w}, () => [...colorOf(video, frame)]).flat());

/** A folder of PNG files 'frame 1.png' to 'frame n.png'. */
export async function frameFolder(
  folder: string,
  video: number,
  count: number,
  size: readonly [number, number] = [10, 12],
): Promise<void> {
  fs.mkdirSync(folder, {recursive: true});
  for (let frame = 0; frame < count; frame++) {
    await sharp(frameOf(video, frame, size), {raw: {height: size[0], width: size[1], channels: 3}})
      .png()
      .toFile(path.join(folder, `frame ${frame + 1}.png`));
  }
}

/** An animated WebP (lossless) or GIF, by the name's ending. */
export async function animation(
  file: string,
  video: number,
  count: number,
  [h, w]: readonly [number, number] = [10, 12],
): Promise<void> {
  const tall = Buffer.concat(Array.from({length: count}, (_, frame) => frameOf(video, frame, [h, w])));
  const images = sharp(tall, {raw: {height: h * count, width: w, channels: 3, pageHeight: h}});
  await (file.endsWith('.gif') ? images.gif({dither: 0}) : images.webp({lossless: true})).toFile(file);
}
