// A worker of the tests: its targets are bytes, or one of the ways in which a worker is lost.
import { bytesSource } from '@latchkey/probe/blob-source';
import { parentProbePort } from '@latchkey/probe/pool/node-worker';
import { serveProbes } from '@latchkey/probe/pool/serve-probes';

const ways = {
  loop: () => {
    for (;;);
  },
  memory: () => {
    const held = [];
    for (;;) held.push(new Array(100_000).fill(held.length));
  },
  wait: () => new Promise(() => {}),
  exit: () => process.exit(3),
  mediabunny: async ({ bytes }) => {
    const { ALL_FORMATS, BufferSource, Input } = await import('mediabunny');
    const input = new Input({ source: new BufferSource(bytes), formats: ALL_FORMATS });
    await input.computeDuration();
    return bytesSource(bytes);
  },
};

serveProbes(parentProbePort(), async (target) =>
  target.way ? await ways[target.way](target) : bytesSource(target.bytes),
);
