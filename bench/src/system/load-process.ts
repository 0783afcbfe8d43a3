// A process of its own: asks for objects over connections that stay open, and counts bytes instead of parsing answers.
import { connect, type Socket } from 'node:net';
import type { LoadOptions, LoadResult } from './load.js';

const { url, path, connections, seconds, isUnique, firstNumber } = JSON.parse(
  process.argv[2] ?? '',
) as LoadOptions;
const { hostname, port } = new URL(url);
const samples: number[] = [];
const wrong = new Set<string>();
let next = firstNumber;
let isOver = false;
let bytes = 0;

function ask(socket: Socket): void {
  next += 1;
  const target = isUnique ? `${path}?versionId=${next}` : path;
  socket.write(`GET ${target} HTTP/1.1\r\nHost: ${hostname}\r\n\r\n`);
}

function run(): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    let head = '';
    /** Null: the head is not whole. */
    let left: number | null = null;
    let askedAt = performance.now();
    const read = (chunk: Buffer): void => {
      if (left === null) readHead(chunk);
      else take(chunk.length);
    };
    const readHead = (chunk: Buffer): void => {
      head += chunk.toString('latin1');
      const end = head.indexOf('\r\n\r\n');
      if (end === -1) return;
      left = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
      if (!head.startsWith('HTTP/1.1 200')) wrong.add(head.slice(0, 80));
      const behind = head.length - end - 4;
      head = '';
      take(behind);
    };
    const take = (length: number): void => {
      left = (left ?? 0) - length;
      bytes += length;
      if (left > 0) return;
      left = null;
      samples.push(performance.now() - askedAt);
      if (isOver) {
        socket.destroy();
        resolve();
      } else {
        askedAt = performance.now();
        ask(socket);
      }
    };
    socket.setNoDelay(true).on('data', read).on('error', reject);
    socket.on('connect', () => ask(socket));
  });
}

const begin = performance.now();
setTimeout(() => {
  isOver = true;
}, seconds * 1000);
await Promise.all(Array.from({ length: connections }, run));
const result: LoadResult = {
  requests: samples.length,
  seconds: (performance.now() - begin) / 1000,
  bytes,
  samples,
  wrong: [...wrong],
};
process.send?.(result, () => process.disconnect());
