import type { CachedObject } from '../cache/cached-object.js';
import type { SiteConfig } from '../config/gateway-config.js';
import { browserCacheControl } from '../http/freshness.js';
import { openOrigin } from '../origin/open-origin.js';
import type { AnswerSink, ObjectRequest, Origin, OriginCall } from '../origin/origin.js';

/** An origin whose settings may change, a new key for instance, while its objects are cached and read. */
class OriginSlot implements Origin {
  readonly identity: string;
  #settings: string;
  #current: Origin;

  constructor(settings: string, origin: Origin) {
    this.identity = origin.identity;
    this.#settings = settings;
    this.#current = origin;
  }

  /** What runs on the one before goes on to its end. */
  use(settings: string, open: () => Origin): void {
    if (settings === this.#settings) return;
    this.#settings = settings;
    this.#current = open();
  }

  fetch(request: ObjectRequest, sink: AnswerSink): OriginCall {
    return this.#current.fetch(request, sink);
  }

  close(): Promise<void> {
    return this.#current.close();
  }
}

export interface Site {
  readonly config: SiteConfig;
  readonly origin: Origin;
  /** `Cache-Control` of what it serves. */
  cacheControlOf(object: CachedObject): string;
}

/** The sites of a configuration, by host name. */
export class Sites {
  readonly #now: () => number;
  #byHost = new Map<string, Site>();
  #slots = new Map<string, OriginSlot>();

  constructor(now: () => number) {
    this.#now = now;
  }

  get(host: string): Site | undefined {
    return this.#byHost.get(host);
  }

  replace(configs: readonly SiteConfig[]): void {
    const slots = new Map<string, OriginSlot>();
    const byHost = new Map<string, Site>();
    for (const config of configs) {
      const site = {
        config,
        origin: this.#slotFor(config, slots),
        cacheControlOf: cacheControlOf(config, this.#now),
      };
      for (const host of config.hosts) byHost.set(host, site);
    }
    this.#slots = slots;
    this.#byHost = byHost;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#slots.values()].map((slot) => slot.close()));
  }

  #slotFor(config: SiteConfig, slots: Map<string, OriginSlot>): OriginSlot {
    const settings = JSON.stringify([config.origin, config.timeoutMs, config.connections]);
    const origin = openOrigin(config, this.#now);
    const slot =
      slots.get(origin.identity) ?? this.#slots.get(origin.identity) ?? new OriginSlot(settings, origin);
    slot.use(settings, () => origin);
    slots.set(origin.identity, slot);
    return slot;
  }
}

function cacheControlOf({ ttl, browserTtlMs }: SiteConfig, now: () => number): Site['cacheControlOf'] {
  if (ttl === 'origin') {
    return ({ isStorable, freshUntil }) =>
      browserCacheControl(browserTtlMs, isStorable ? freshUntil - now() : null);
  }
  const always = browserCacheControl(browserTtlMs, browserTtlMs);
  return () => always;
}
