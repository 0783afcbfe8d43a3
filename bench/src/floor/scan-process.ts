// A process of its own: reads the file in chunks and does as little with it as the first parameter says.
import { createReadStream } from 'node:fs';
import { ManifestScanner } from '@latchkey/manifest/scan/manifest-scanner';

const [work, path] = process.argv.slice(2);
if (path === undefined || (work !== 'scan' && work !== 'read'))
  throw new Error('scan-process scan|read FILE');

const chunkBytes = 1024 * 1024;
const scanner = work === 'scan' ? new ManifestScanner({ form: 'manifest', onPart: () => undefined }) : null;
let bytes = 0;
const begin = performance.now();
for await (const chunk of createReadStream(path, { highWaterMark: chunkBytes }) as AsyncIterable<Buffer>) {
  bytes += chunk.length;
  scanner?.push(chunk);
}
const units = scanner?.end().unitCount ?? null;
const seconds = (performance.now() - begin) / 1000;
process.stdout.write(JSON.stringify({ bytes, seconds, units }));
