import { fetchRanges } from '@latchkey/probe/fetch-ranges';
import { serveProbes } from '@latchkey/probe/pool/serve-probes';
import { webPort } from '@latchkey/probe/pool/web-worker';
import { RangeSource } from '@latchkey/probe/range-source';

serveProbes<string>(webPort(self), (objectUrl, options) => new RangeSource(fetchRanges(objectUrl), options));
