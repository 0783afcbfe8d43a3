import type { IncomingHttpHeaders } from 'node:http';
import type { CachedObject } from '../cache/cached-object.js';
import type { CacheOutcome, Need, ObjectCache, Opened } from '../cache/object-cache.js';
import {
  askedRange,
  type ByteRange,
  checkConditions,
  hasConditions,
  selectRange,
} from '../http/conditions.js';
import { Refusal } from '../http/refusal.js';
import { allowedQuery, type Target } from '../http/target.js';
import { OriginError } from '../origin/origin.js';
import type { Exchange } from './exchange.js';
import { toRefusal } from './origin-refusal.js';
import { sendBody } from './send-body.js';
import type { Site } from './sites.js';

/** Answers a GET or HEAD of an object that may be read. @throws {Refusal} */
export async function serveObject(
  exchange: Exchange,
  site: Site,
  target: Target,
  cache: ObjectCache,
): Promise<void> {
  const query = allowedQuery(target.rawQuery, site.config.queryParameters);
  const key = `${exchange.host}\n${site.origin.identity}\n${target.path}\n${query.join('&')}`;
  const isBypass = exchange.request.headers['x-bypass-cache'] !== undefined;
  const known = isBypass ? null : cache.fresh(key);
  if (known !== null) return answer(exchange, site, known, 'hit');
  const source = { origin: site.origin, key: target.key, query };
  const need = needOf(exchange);
  const { object, outcome } = await (isBypass
    ? cache.bypass(key, source, need, site.config.ttl)
    : cache.open(key, source, need, site.config.ttl)
  ).catch((error: unknown): Opened => {
    throw error instanceof OriginError ? toRefusal(error) : error;
  });
  await answer(exchange, site, object, outcome);
}

/** Conditions are checked against the head, before it is known whether a body is needed. */
function needOf({ request: { method, headers } }: Exchange): Need {
  if (method === 'HEAD' || hasConditions(headers)) return 'head';
  const asked = askedRange(headers.range);
  if (asked === null) return 'all';
  return asked.kind === 'suffix' ? 'head' : { start: asked.start, end: asked.end };
}

async function answer(
  exchange: Exchange,
  site: Site,
  object: CachedObject,
  opened: CacheOutcome,
): Promise<void> {
  const { method, headers } = exchange.request;
  const { head } = object;
  exchange.outcome = opened;
  const condition = checkConditions(headers, head);
  if (condition === 304) return exchange.sendEmpty(304, [...validators(object, site), 'X-Cache-Hit', opened]);
  if (condition === 412) {
    throw new Refusal(
      'precondition_failed',
      'The object is not the one that the conditions of the request name.',
    );
  }
  // "GET is the only method for which range handling is defined."
  const range = method === 'HEAD' ? null : rangeOrRefuse(headers, object);
  const { start, end } = range ?? { start: 0, end: head.size };
  if (opened === 'hit' && method === 'GET' && !object.hasAll(start, end)) exchange.outcome = 'miss';
  const answerHeaders = [
    ...validators(object, site),
    ...objectHeaders(object),
    'Content-Length',
    String(end - start),
    'X-Cache-Hit',
    exchange.outcome,
    ...(range === null ? [] : ['Content-Range', `bytes ${start}-${end - 1}/${head.size}`]),
  ];
  const status = range === null ? 200 : 206;
  if (method === 'HEAD' || start === end) return exchange.sendEmpty(status, answerHeaders);
  await sendBody(exchange, object, { start, end }, () =>
    exchange.response.writeHead(status, [...answerHeaders, ...exchange.commonHeaders]),
  );
}

function rangeOrRefuse(headers: IncomingHttpHeaders, { head }: CachedObject): ByteRange | null {
  const range = selectRange(headers, head);
  if (range !== 'unsatisfiable') return range;
  throw new Refusal(
    'range_not_satisfiable',
    `The object has ${head.size} bytes: the range lies behind its end.`,
    {
      headers: ['Content-Range', `bytes */${head.size}`],
    },
  );
}

function validators(object: CachedObject, site: Site): string[] {
  const { etag, lastModified } = object.head;
  const dated = lastModified === null ? [] : ['Last-Modified', lastModified];
  return ['ETag', etag, ...dated, 'Cache-Control', site.cacheControlOf(object)];
}

/** Types that a browser would run as a page of the gateway's host. */
const ACTIVE_TYPE = /html|xml|svg/i;
const SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:";

function objectHeaders({ head }: CachedObject): string[] {
  return [
    'Content-Type',
    head.contentType,
    ...head.description,
    'Accept-Ranges',
    'bytes',
    'X-Content-Type-Options',
    'nosniff',
    'Cross-Origin-Resource-Policy',
    'cross-origin',
    ...(ACTIVE_TYPE.test(head.contentType) ? ['Content-Security-Policy', SANDBOX] : []),
  ];
}
