// Runs in a worker thread, which is ended when a damaged file sends a parser astray.
import { workerData } from 'node:worker_threads';
import { publicAddressesAnd } from '@latchkey/egress/address-rules';
import { EgressClient } from '@latchkey/egress/egress-client';
import { parentProbePort } from '@latchkey/probe/pool/node-worker';
import { serveProbes } from '@latchkey/probe/pool/serve-probes';
import { RangeSource } from '@latchkey/probe/range-source';
import { egressRanges } from './egress-ranges.js';
import type { MeasureWorkerData } from './object-measurer.js';

const { allowedRanges, maxBytes, requestsPerHost } = workerData as MeasureWorkerData;
const client = new EgressClient({ mayConnect: publicAddressesAnd(allowedRanges), requestsPerHost });

serveProbes<string>(
  parentProbePort(),
  (url, { timeoutMs, signal }) => new RangeSource(egressRanges(client, url), { maxBytes, timeoutMs, signal }),
);
