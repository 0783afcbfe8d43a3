import { ProbePool } from '@latchkey/probe/pool/probe-pool';
import { webWorkerPort } from '@latchkey/probe/pool/web-worker';
import { startDataWorker } from '../../../lib/data-worker.js';
import measureUrl from './measure.worker.ts?worker&url';

const maxWorkers = 4;

export const startPool = (): ProbePool<string> =>
  new ProbePool({
    start: () => webWorkerPort(startDataWorker(measureUrl)),
    workers: Math.min(maxWorkers, Math.max(1, (navigator.hardwareConcurrency || 2) - 1)),
  });
