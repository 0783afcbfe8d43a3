import type { Server } from 'node:http';
import { type Logger, pino } from 'pino';
import { ObjectCache } from './cache/object-cache.js';
import type { GatewayConfig, ListenerConfig } from './config/gateway-config.js';
import { loadConfig } from './config/load-config.js';
import type { Environment, ListenAddress } from './config/values.js';
import { watchConfig } from './config/watch-config.js';
import { type Listener, openListener } from './listen/listener.js';
import { createAdminServer } from './observe/admin-server.js';
import { createMetrics } from './observe/metrics.js';
import { handleRequest, type Service } from './serve/handle-request.js';
import { Sites } from './serve/sites.js';

export interface GatewayOptions {
  configFile: string;
  environment: Environment;
  /** Where the log goes; standard output unless given. */
  logTo?: { write(line: string): void };
  /** The clock, in epoch milliseconds. */
  now?: () => number;
}

export interface Gateway {
  /** Of the listeners, in the order of the configuration. */
  readonly urls: readonly string[];
  readonly adminUrl: string | null;
  /**
   * Reads the configuration again. What changed of the listeners' addresses, the admin address and the cache counts
   * from the next start on.
   * @throws {ConfigError} and goes on with the one before
   */
  reload(): Promise<void>;
  /** Answers under way end first, for at most so long. */
  close(graceMs?: number): Promise<void>;
}

/** @throws {ConfigError}, or the error of `listen` */
export async function runGateway(options: GatewayOptions): Promise<Gateway> {
  const { configFile, environment, now = Date.now } = options;
  let config = await loadConfig(configFile, environment);
  const log = createLogger(config, options.logTo);
  const cache = await ObjectCache.open({
    ...config.cache,
    now,
    onError: (error) => log.error({ err: error }, 'cache'),
  });
  const metrics = createMetrics(() => ({ ...cache.stats, ranges: config.allowCount }));
  const service: Service = {
    rules: config,
    sites: new Sites(now),
    cache,
    metrics,
    log,
    logsRequests: config.log.requests,
    exchanges: new Set(),
    isStopping: false,
  };
  service.sites.replace(config.sites);
  const listeners = await openListeners(config, service);
  const admin = config.admin === null ? null : await openAdmin(config.admin, service);

  const apply = (next: GatewayConfig): void => {
    warnOfRestart(config, next, log);
    config = next;
    service.rules = next;
    service.logsRequests = next.log.requests;
    service.sites.replace(next.sites);
    for (const [index, listener] of listeners.entries()) {
      const certificates = next.listen[index]?.certificates;
      if (certificates) listener.replaceCertificates(certificates);
    }
    cutRemoved(service);
    metrics.reloaded(true);
    log.info({ ranges: next.allowCount, sites: next.sites.length }, 'configuration read');
  };
  const watcher = watchConfig({
    file: configFile,
    environment,
    initial: config,
    onConfig: apply,
    onError: (error) => {
      metrics.reloaded(false);
      log.error({ reason: error.message }, 'configuration not usable: the one before stays');
    },
  });
  let closing: Promise<void> | null = null;
  return {
    urls: listeners.map(({ url }) => url),
    adminUrl: admin?.url ?? null,
    reload: () => watcher.reload(),
    close: (graceMs = 10_000) => {
      watcher.close();
      closing ??= closeAll(service, listeners, admin?.server ?? null, graceMs);
      return closing;
    },
  };
}

async function closeAll(
  service: Service,
  listeners: readonly Listener[],
  admin: Server | null,
  graceMs: number,
): Promise<void> {
  await stopServing(service, listeners, graceMs);
  admin?.close();
  admin?.closeAllConnections();
  await service.cache.close();
  await service.sites.close();
}

function createLogger({ log: { level } }: GatewayConfig, logTo: GatewayOptions['logTo']): Logger {
  return logTo === undefined ? pino({ level, base: null }) : pino({ level, base: null }, logTo);
}

async function openListeners(config: GatewayConfig, service: Service): Promise<Listener[]> {
  const listeners: Listener[] = [];
  try {
    for (const listener of config.listen) {
      const role = { redirectTo: listener.redirectToHttps ? redirectTo(config.listen) : null };
      const trusted = () => service.rules.trustedProxies;
      const open = await openListener(listener, trusted, (request, response) =>
        handleRequest(service, role, request, response),
      );
      listeners.push(open);
    }
    return listeners;
  } catch (error) {
    await Promise.all(listeners.map((listener) => listener.close()));
    throw error;
  }
}

/** To the first listener with a certificate. */
function redirectTo(listen: readonly ListenerConfig[]): (host: string, target: string) => string {
  const port = listen.find(({ certificates }) => certificates !== null)?.address.port ?? 443;
  return (host, target) => `https://${host}${port === 443 ? '' : `:${port}`}${target}`;
}

async function openAdmin(
  { host, port }: ListenAddress,
  service: Service,
): Promise<{ server: Server; url: string }> {
  const server = createAdminServer(service.metrics, () => !service.isStopping);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve);
  });
  const address = server.address();
  const bound = typeof address === 'object' && address !== null ? address.port : port;
  return { server, url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}` };
}

/** What is under way to an address that is no longer on the list ends at once. */
function cutRemoved({ rules, exchanges, metrics }: Service): void {
  for (const exchange of exchanges) {
    if (exchange.address !== null && rules.allow.has(exchange.address)) continue;
    if (!exchange.response.headersSent) continue;
    exchange.fault = 'address_removed';
    exchange.response.destroy();
    metrics.cut();
  }
}

function warnOfRestart(before: GatewayConfig, next: GatewayConfig, log: Logger): void {
  const settled = ({ listen, admin, cache }: GatewayConfig) => ({
    listen: listen.map(({ certificates, ...rest }) => ({ ...rest, isTls: certificates !== null })),
    admin,
    cache,
  });
  const [old, now] = [settled(before), settled(next)];
  const changed = (['listen', 'admin', 'cache'] as const).filter(
    (name) => JSON.stringify(old[name]) !== JSON.stringify(now[name]),
  );
  if (changed.length > 0) log.warn({ changed }, 'these settings count from the next start on');
}

async function stopServing(service: Service, listeners: readonly Listener[], graceMs: number): Promise<void> {
  service.isStopping = true;
  const closed = Promise.all(listeners.map((listener) => listener.close()));
  for (const listener of listeners) listener.cut('idle');
  const cutAll = setTimeout(() => {
    for (const listener of listeners) listener.cut('all');
  }, graceMs);
  await closed;
  clearTimeout(cutAll);
}
