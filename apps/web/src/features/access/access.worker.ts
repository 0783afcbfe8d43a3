import { checkByFetch } from './check-by-fetch.js';

self.addEventListener('message', async ({ data, ports }) => {
  ports[0]?.postMessage(await checkByFetch(String(data), fetch.bind(self), new AbortController().signal));
});
