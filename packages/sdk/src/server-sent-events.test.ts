import { expect, test } from 'vitest';
import { type ServerSentEvent, serverSentEvents } from './server-sent-events.js';

async function eventsOf(text: string, chunkBytes: number): Promise<ServerSentEvent[]> {
  const bytes = new TextEncoder().encode(text);
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
  }
  const events: ServerSentEvent[] = [];
  for await (const event of serverSentEvents(chunks())) events.push(event);
  return events;
}

const stream = [
  'retry: 1000\n\n',
  ': still here\n\n',
  'event: progress\ndata: {"name":"ü"}\n\n',
  'event: end\r\nid: 7\r\ndata:one\r\ndata: two\r\n\r\n',
  'data: only\rdata\r\r',
  'event: progress\ndata: cut off',
].join('');

test('events are the same however the stream is cut', async () => {
  for (const chunkBytes of [1, 2, 3, 7, 1000])
    expect(await eventsOf(stream, chunkBytes), `in chunks of ${chunkBytes}`).toEqual([
      { name: 'progress', data: '{"name":"ü"}' },
      { name: 'end', data: 'one\ntwo' },
      { name: 'message', data: 'only\n' },
    ]);
});
