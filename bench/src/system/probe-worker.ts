// A thread that measures objects by their URL.
import { fetchRanges } from '@latchkey/probe/fetch-ranges';
import { parentProbePort } from '@latchkey/probe/pool/node-worker';
import { serveProbes } from '@latchkey/probe/pool/serve-probes';
import { RangeSource } from '@latchkey/probe/range-source';

serveProbes<string>(parentProbePort(), (url, options) => new RangeSource(fetchRanges(url), options));
