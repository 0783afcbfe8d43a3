// A process of its own: a storage that serves /KIND/NUMBER by ranges, each from a real file filled up with zeros.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mediaObjects, objectBytes } from '../workload/media-objects.js';

const media = new URL('../../../packages/probe/tests/media/', import.meta.url);
const objects = mediaObjects.map(({ file }) => {
  const bytes = Buffer.alloc(objectBytes);
  readFileSync(new URL(file, media)).copy(bytes);
  return bytes;
});

const server = createServer((request, response) => {
  const number = Number(request.url?.split('/').at(-1));
  const object = objects[number % objects.length] ?? Buffer.alloc(0);
  const [start = 0, last = 0] = (request.headers.range ?? '').replace('bytes=', '').split('-').map(Number);
  const end = Math.min(last, object.length - 1);
  response.writeHead(206, {
    'content-range': `bytes ${start}-${end}/${object.length}`,
    'content-length': end - start + 1,
  });
  response.end(object.subarray(start, end + 1));
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
});
