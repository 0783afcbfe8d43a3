import { askObject } from '@latchkey/doctor/ask-object';

self.addEventListener('message', async ({ data, ports }) => {
  ports[0]?.postMessage(await askObject(String(data), fetch.bind(self), new AbortController().signal));
});
