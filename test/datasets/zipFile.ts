// Packs files into a zip archive: deflated, nothing else.

import {crc32, deflateRawSync} from 'node:zlib';

export function zip(files: Record<string, Buffer>): Buffer {
  const [locals, central]: [Buffer[], Buffer[]] = [[], []];
  let at = 0;
  for (const [name, content] of Object.entries(files)) {
    const [packed, title] = [deflateRawSync(content), Buffer.from(name)];
    const shared = Buffer.alloc(26); // from "version needed" to "extra length"
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(8, 4);
    shared.writeUInt32LE(crc32(content), 10);
    shared.writeUInt32LE(packed.length, 14);
    shared.writeUInt32LE(content.length, 18);
    shared.writeUInt16LE(title.length, 22);
    const [local, entry] = [
      Buffer.from('PK\x03\x04'),
      Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), shared, Buffer.alloc(14)]),
    ];
    entry.writeUInt32LE(at, 42);
    locals.push(local, shared, title, packed);
    central.push(entry, title);
    at += 30 + title.length + packed.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06');
  end.writeUInt16LE(Object.keys(files).length, 8);
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, directory, end]);
}
