import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export interface Metrics {
  readonly registry: Registry;
  answered(host: string, status: number, cache: string, bytes: number, seconds: number): void;
  refusedAddress(): void;
  cut(): void;
  reloaded(isGood: boolean): void;
}

export interface CacheStats {
  objects: number;
  bytes: number;
  memoryBytes: number;
}

/** @param stats asked at each scrape */
export function createMetrics(stats: () => CacheStats & { ranges: number }): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const requests = new Counter({
    name: 'latchkey_gateway_requests_total',
    help: 'Requests by host, status and use of the cache.',
    labelNames: ['host', 'status', 'cache'],
    registers,
  });
  const bytes = new Counter({
    name: 'latchkey_gateway_sent_bytes_total',
    help: 'Bytes of bodies handed to connections.',
    labelNames: ['host'],
    registers,
  });
  const seconds = new Histogram({
    name: 'latchkey_gateway_request_seconds',
    help: 'Time from a request to the end of its answer.',
    labelNames: ['cache'],
    buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10, 60],
    registers,
  });
  const denied = new Counter({
    name: 'latchkey_gateway_denied_total',
    help: 'Requests from addresses that are not on the list.',
    registers,
  });
  const cut = new Counter({
    name: 'latchkey_gateway_cut_total',
    help: 'Answers that were cut off because their address was removed from the list.',
    registers,
  });
  const reloads = new Counter({
    name: 'latchkey_gateway_config_reloads_total',
    help: 'Reads of a changed configuration, by result.',
    labelNames: ['result'],
    registers,
  });
  gauge(registry, 'cache_objects', 'Objects in the cache.', () => stats().objects);
  gauge(registry, 'cache_bytes', 'Bytes of the cache on disk.', () => stats().bytes);
  gauge(registry, 'cache_memory_bytes', 'Bytes of the cache in memory.', () => stats().memoryBytes);
  gauge(registry, 'allowed_ranges', 'Entries of the list of addresses.', () => stats().ranges);
  return {
    registry,
    answered(host, status, cache, sent, took) {
      requests.inc({ host, status, cache });
      bytes.inc({ host }, sent);
      seconds.observe({ cache }, took);
    },
    refusedAddress: () => denied.inc(),
    cut: () => cut.inc(),
    reloaded: (isGood) => reloads.inc({ result: isGood ? 'success' : 'failure' }),
  };
}

function gauge(registry: Registry, name: string, help: string, value: () => number): void {
  new Gauge({
    name: `latchkey_gateway_${name}`,
    help,
    registers: [registry],
    collect() {
      this.set(value());
    },
  });
}
