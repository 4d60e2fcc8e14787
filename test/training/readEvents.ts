// Reads event files back: TFRecords (length, checksum, message, checksum) of messages Event, whose
// summary tfjs-node-gpu's own class parses.

import fs from 'node:fs';
import path from 'node:path';

type Summary = {getValueList(): {getTag(): string; getSimpleValue(): number}[]};
const {Summary} = require('@tensorflow/tfjs-node-gpu/dist/proto/api_pb') as {
  Summary: {deserializeBinary(bytes: Uint8Array): Summary};
};

export type Event = {step: number; time: number; version?: string; scalars: Record<string, number>};

/** All events of the only event file in a folder. */
export function readEvents(folder: string): Event[] {
  const [name, ...more] = fs.readdirSync(folder);
  if (!name?.includes('tfevents') || more.length)
    throw new Error(`expected one event file in ${folder}, got ${[name, ...more]}`);
  const file = fs.readFileSync(path.join(folder, name));
  const events: Event[] = [];
  for (let at = 0; at < file.length;) {
    const length = Number(file.readBigUInt64LE(at));
    events.push(parse(file.subarray(at + 12, at + 12 + length)));
    at += length + 16;
  }
  return events;
}

function parse(message: Buffer): Event {
  const event: Event = {step: 0, time: 0, scalars: {}};
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = message[at++]!;
      value += (byte % 128) * factor;
      if (byte < 128) return value;
    }
  };
  while (at < message.length) {
    const tag = varint();
    if (tag === ((1 << 3) | 1)) event.time = message.readDoubleLE((at += 8) - 8);
    else if (tag === 2 << 3) event.step = varint();
    else {
      const length = varint(); // of a text or a message: these are the only other kinds here
      const content = message.subarray(at, (at += length));
      if (tag === ((3 << 3) | 2)) event.version = content.toString();
      else if (tag === ((5 << 3) | 2))
        for (const value of Summary.deserializeBinary(content).getValueList())
          event.scalars[value.getTag()] = value.getSimpleValue();
    }
  }
  return event;
}
