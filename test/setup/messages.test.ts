import assert from 'node:assert/strict';
import {test} from 'node:test';
import {sendAtOnce} from '../../setup/messages.cjs';

const zeromq = require('zeromq') as {
  Publisher: new () => {bind(address: string): Promise<void>; send(message: string): Promise<void>; close(): void};
};

/** Sends so many messages without a turn of the event loop between them. */
async function publish(count: number): Promise<void> {
  const socket = new zeromq.Publisher();
  await socket.bind('tcp://127.0.0.1:*');
  const sent: Promise<void>[] = [];
  try {
    for (let i = 0; i < count; i++) sent.push(socket.send(String(i)));
  } finally {
    await Promise.all(sent);
    socket.close();
  }
}

test('a thousand outputs of one tick are all sent', async () => {
  await assert.rejects(
    publish(1000),
    /Socket is busy writing/,
    'zeromq does so itself: setup/messages.cjs is needed no more',
  );
  sendAtOnce();
  await publish(1000);
});
