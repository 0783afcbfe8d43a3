import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Logger } from 'pino';
import type { AddressTable } from '../allow-list/address-table.js';
import type { ObjectCache } from '../cache/object-cache.js';
import { corsHeaders, preflightHeaders } from '../http/cors.js';
import { Refusal } from '../http/refusal.js';
import { hostName, parseTarget } from '../http/target.js';
import { clientAddress } from '../listen/client-address.js';
import type { Metrics } from '../observe/metrics.js';
import { Exchange } from './exchange.js';
import { checkMethod, requestHost } from './request-rules.js';
import { serveObject } from './serve-object.js';
import type { Site, Sites } from './sites.js';

/** What a request is judged by; replaced as a whole when the configuration changes. */
export interface Rules {
  readonly allow: AddressTable;
  readonly trustedProxies: AddressTable;
}

export interface Service {
  rules: Rules;
  readonly sites: Sites;
  readonly cache: ObjectCache;
  readonly metrics: Metrics;
  readonly log: Logger;
  logsRequests: boolean;
  /** Answers under way. */
  readonly exchanges: Set<Exchange>;
  /** Answers tell clients to end their connections. */
  isStopping: boolean;
}

export interface ListenerRole {
  /** Null: objects are served here. */
  redirectTo: ((host: string, target: string) => string) | null;
}

/** The address of the client comes first, then the cache, then the origin: a removed address gets no cached byte. */
export function handleRequest(
  service: Service,
  role: ListenerRole,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { rules } = service;
  // What follows a request that could be read in two ways is not read at all.
  if (closing.has(request.socket)) return;
  const exchange = new Exchange(request, response, clientAddress(request, rules.trustedProxies));
  service.exchanges.add(exchange);
  response.once('close', () => finish(service, exchange));
  response.on('error', () => undefined);
  if (service.isStopping) response.shouldKeepAlive = false;
  // At once where it can be told at once, so that a request behind it on the connection comes later.
  try {
    answer(service, role, exchange)?.catch((error: unknown) => refuse(service, exchange, error));
  } catch (error) {
    refuse(service, exchange, error);
  }
}

/** Connections on which a refusal was the last answer. */
const closing = new WeakSet<Socket>();

function answer(service: Service, role: ListenerRole, exchange: Exchange): Promise<void> | undefined {
  const { request } = exchange;
  const asked = service.sites.get(hostName(request.headers.host ?? '') ?? '');
  useCors(exchange, asked);
  if (exchange.address === null || !service.rules.allow.has(exchange.address)) {
    service.metrics.refusedAddress();
    throw notAllowed(exchange);
  }
  checkMethod(request);
  const target = parseTarget(request.url ?? '');
  const host = requestHost(request, target);
  const site = service.sites.get(host);
  if (site === undefined) {
    throw new Refusal('unknown_host', `The gateway serves no host ${host}: name it in its configuration.`);
  }
  exchange.host = host;
  useCors(exchange, site);
  if (role.redirectTo !== null) {
    const location = role.redirectTo(host, `/${target.path}${queryOf(target.rawQuery)}`);
    exchange.sendEmpty(308, ['Location', location, 'Content-Length', '0']);
    return;
  }
  if (request.method === 'OPTIONS') {
    exchange.sendEmpty(204, preflight(exchange, site));
    return;
  }
  if (target.key === '' || target.key.endsWith('/')) {
    throw new Refusal('object_not_found', 'The path names no object, and the gateway lists nothing.');
  }
  return serveObject(exchange, site, target, service.cache);
}

function useCors(exchange: Exchange, site: Site | undefined): void {
  exchange.commonHeaders =
    site === undefined ? [] : corsHeaders(exchange.request.headers, site.config.corsOrigins);
}

function preflight(exchange: Exchange, site: Site): string[] {
  exchange.commonHeaders = [];
  return preflightHeaders(exchange.request.headers, site.config.corsOrigins);
}

const queryOf = (rawQuery: string): string => (rawQuery === '' ? '' : `?${rawQuery}`);

function notAllowed({ addressText }: Exchange): Refusal {
  return new Refusal(
    'address_not_allowed',
    `The address ${addressText} is not on the list of the gateway: use an allowed network or VPN, or ask for the address to be added.`,
    { details: { address: addressText } },
  );
}

function refuse({ log }: Service, exchange: Exchange, error: unknown): void {
  if (exchange.response.headersSent || exchange.response.destroyed) {
    exchange.response.destroy();
    return;
  }
  if (error instanceof Refusal) {
    if (error.status >= 500)
      log.warn({ host: exchange.host, code: error.code, cause: reasonOf(error) }, 'origin');
    if (error.closesConnection) closing.add(exchange.request.socket);
    exchange.refuse(error);
    return;
  }
  log.error({ err: error }, 'request failed');
  exchange.refuse(new Refusal('origin_failed', 'The gateway failed: its log says why.'));
}

const reasonOf = ({ cause }: Refusal): string => (cause instanceof Error ? cause.message : 'none');

function finish(service: Service, exchange: Exchange): void {
  service.exchanges.delete(exchange);
  const { request, response, host, outcome, bytes, seconds, fault } = exchange;
  service.metrics.answered(host, response.statusCode, outcome, bytes, seconds);
  if (!service.logsRequests) return;
  service.log.info(
    {
      address: exchange.addressText,
      method: request.method,
      host,
      path: pathForLog(request.url ?? ''),
      range: request.headers.range,
      status: response.statusCode,
      bytes,
      cache: outcome,
      ms: Math.round(seconds * 1e6) / 1e3,
      fault: fault ?? undefined,
      aborted: response.writableFinished ? undefined : true,
    },
    'request',
  );
}

const MAX_LOGGED_PATH = 1024;

/** Without the query, also where it was encoded once too often: both may hold a signature. */
function pathForLog(target: string): string {
  return target.replace(/(?:\?|%3f|&|%26).*$/i, '').slice(0, MAX_LOGGED_PATH);
}
