import { probeObject } from './probe.js';

self.addEventListener('message', async ({ data, ports }) => {
  ports[0]?.postMessage(await probeObject(String(data), fetch.bind(self), new AbortController().signal));
});
