// Writes an event file, which TensorBoard reads, with TensorFlow's own kernels.

import {native} from './device';
import {operations} from './operation';
import {tf} from './tf';

type Message = {serializeBinary(): Uint8Array};
type Value = {setTag(tag: string): void; setSimpleValue(value: number): void};
const {Summary} = require('@tensorflow/tfjs-node-gpu/dist/proto/api_pb') as {
  Summary: {new (): Message & {addValue(value: Value): void}; Value: new () => Value};
};

export interface EventFile {
  /** @param time Seconds since 1970. */
  write(step: number, scalars: Record<string, number>, time?: number): void;
  close(): void;
}

/** Starts a new file in the folder. What is written can be read a second later. */
export function openEventFile(folder: string): EventFile {
  const writer = tf.tidy(() => {
    const resource = native.summaryWriter(folder) as tf.Tensor;
    native.createSummaryFileWriter(resource, folder, 100, 1000, '.v2');
    return resource;
  });
  return {
    write(step, scalars, time = Date.now() / 1000) {
      // bytes are a string tensor's value, too, which tfjs's types leave out
      tf.tidy(() =>
        operations(
          'ImportEvent',
          {},
          [writer, tf.scalar(event(step, scalars, time) as unknown as string, 'string')],
          0,
        ),
      );
    },
    close() {
      operations('CloseSummaryWriter', {}, [writer], 0);
      writer.dispose();
    },
  };
}

/**
 * A message Event of TensorFlow's event.proto, which does not ship with tfjs-node-gpu: wall_time =
 * 1, step = 2, summary = 5.
 */
function event(step: number, scalars: Record<string, number>, time: number): Uint8Array {
  const summary = new Summary();
  for (const [tag, number] of Object.entries(scalars)) {
    const value = new Summary.Value();
    value.setTag(tag);
    value.setSimpleValue(number);
    summary.addValue(value);
  }
  const content = summary.serializeBinary();
  const seconds = Buffer.alloc(8);
  seconds.writeDoubleLE(time);
  return Buffer.concat([
    Buffer.of((1 << 3) | 1),
    seconds,
    Buffer.of(2 << 3, ...varint(step)),
    Buffer.of((5 << 3) | 2, ...varint(content.length)),
    content,
  ]);
}

/** Seven bits a byte, the lowest first. */
const varint = (value: number): number[] =>
  value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
