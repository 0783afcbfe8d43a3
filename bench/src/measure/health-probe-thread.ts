import { Agent, get } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';
import type { ProbeSamples, ProbeSettings } from './health-probe.js';

const { url, intervalMs } = workerData as ProbeSettings;
const agent = new Agent({ keepAlive: true });
const underWay = new Set<Promise<void>>();
let latencies: number[] = [];
let failures = 0;

const ask = (): Promise<void> =>
  new Promise((resolve, reject) => {
    const begin = performance.now();
    const request = get(url, { agent }, (response) => {
      response.resume();
      response.once('error', reject);
      response.once('end', () => {
        if (response.statusCode === 200) latencies.push(performance.now() - begin);
        else failures += 1;
        resolve();
      });
    });
    request.once('error', reject);
  });

// A request is sent on time also while earlier ones wait: a server that hangs is seen by all of them.
setInterval(() => {
  const request = ask().catch(() => {
    failures += 1;
  });
  underWay.add(request);
  void request.finally(() => underWay.delete(request));
}, intervalMs);

parentPort?.on('message', () => {
  void Promise.all(underWay).then(() => {
    const samples: ProbeSamples = { latencies, failures };
    parentPort?.postMessage(samples);
    latencies = [];
    failures = 0;
  });
});
