import { type Check, found, isHit, isRefused, withQuery } from './finding.js';

const exposed = ['content-range', 'content-length', 'accept-ranges', 'etag'];

const isServed: Check = async ({ url, send }) => {
  const { status, headers } = await send(url, { method: 'HEAD' });
  const wrong =
    status === 403
      ? 'this address is not on the list, or the object is missing'
      : 'give the URL of an object';
  return found(
    'the object is served',
    status === 200,
    `${headers.get('content-type')}`,
    `HEAD answers ${status}: ${wrong}`,
  );
};

const servesRanges: Check = async ({ url, send }) => {
  const { status, headers } = await send(url, { headers: { range: 'bytes=0-0' } });
  const range = headers.get('content-range');
  return found(
    'ranges are served',
    status === 206 && range?.startsWith('bytes 0-0/') === true,
    `${range}`,
    `a range is answered by ${status}, so viewers have to load objects whole`,
  );
};

const knowsConditions: Check = async ({ url, send }) => {
  const etag = (await send(url, { method: 'HEAD' })).headers.get('etag');
  if (!etag) return { check: 'conditions are obeyed', state: 'warning', detail: 'the object has no ETag' };
  const { status } = await send(url, { headers: { 'if-none-match': etag } });
  return found('conditions are obeyed', status === 304, '304', `If-None-Match is answered by ${status}`);
};

/** First without an origin: a copy of that answer must not be given to a script that names one. */
const hasCors: Check = async ({ url, origin, send }) => {
  await send(url);
  const { headers } = await send(url, { headers: { origin } });
  const allowed = headers.get('access-control-allow-origin');
  const names = (headers.get('access-control-expose-headers') ?? '').toLowerCase();
  const hidden = names.includes('*') ? [] : exposed.filter((name) => !names.includes(name));
  return found(
    'scripts of the web app may read',
    (allowed === origin || allowed === '*') && hidden.length === 0,
    `for ${allowed}`,
    allowed === null
      ? `no header lets ${origin} read`
      : `for ${allowed}; not exposed: ${hidden.join(', ') || 'none'}`,
  );
};

const answersPreflights: Check = async ({ url, origin, send }) => {
  const { status, headers } = await send(url, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'GET',
      'access-control-request-headers': 'range,if-range',
    },
  });
  const allowed = (headers.get('access-control-allow-headers') ?? '').toLowerCase();
  return found(
    'preflights are answered',
    status < 300 && (allowed.includes('range') || allowed === '*'),
    `${status}`,
    `${status}, allowed headers: ${allowed || 'none'}`,
  );
};

/** Question: do the CORS headers of a route also go with what the cache answers? */
const hitsHaveCors: Check = async ({ url, origin, send }) => {
  const check = 'answers of the cache may be read, too';
  for (let tries = 0; tries < 4; tries++) {
    const answer = await send(url, { headers: { origin } });
    if (isHit(answer))
      return found(
        check,
        answer.headers.has('access-control-allow-origin'),
        'a hit has the headers',
        'a hit lacks them',
      );
  }
  return { check, state: 'skipped', detail: 'no answer came from a cache' };
};

const bypassesCache: Check = async ({ url, send }) => {
  const check = 'X-Bypass-Cache passes by the cache';
  if (!isHit(await send(url)))
    return { check, state: 'skipped', detail: 'the answer does not come from a cache' };
  const answer = await send(url, { headers: { 'x-bypass-cache': '1' } });
  return isHit(answer)
    ? { check, state: 'warning', detail: 'it does not (CloudFront never does)' }
    : { check, state: 'passed', detail: 'answered by the bucket' };
};

const takesCookies: Check = async ({ url, send }) => {
  const { status } = await send(url, { headers: { cookie: 'a=b', 'x-bypass-cache': '1' } });
  return found(
    'a cookie does no harm',
    status === 200,
    '200',
    `with a cookie the answer is ${status}: it reaches the bucket`,
  );
};

const listsNothing: Check = async ({ url, send }) => {
  const root = new URL('/', url).href;
  const answers = [await send(root), await send(withQuery(root, 'list-type', '2'))];
  return found(
    'the bucket is not listed',
    answers.every(({ status }) => status >= 300),
    answers.map(({ status }) => status).join(', '),
    'the root of the domain is answered: everybody on the list may see what the bucket holds',
  );
};

const onlyReads: Check = async ({ url, send }) => {
  const nothing = new URL(`/latchkey-verify-${crypto.randomUUID()}`, url).href;
  const statuses = [
    (await send(nothing, { method: 'PUT' })).status,
    (await send(nothing, { method: 'DELETE' })).status,
  ];
  return found(
    'nothing can be written',
    statuses.every((status) => status >= 400),
    statuses.join(', '),
    `PUT and DELETE are answered by ${statuses.join(' and ')}`,
  );
};

const keepsContentType: Check = async ({ url, send }) => {
  const { headers } = await send(withQuery(url, 'response-content-type', 'text/html'));
  const isPage = headers.get('content-type')?.startsWith('text/html') === true;
  const isSandboxed = /sandbox/.test(headers.get('content-security-policy') ?? '');
  return found(
    'no object becomes a page',
    !isPage || isSandboxed,
    isPage ? 'as a page it is in a sandbox' : 'the query does not change the content type',
    '?response-content-type=text/html makes a page of an object, with the rights of the domain',
  );
};

const forbidsSniffing: Check = async ({ url, send }) => {
  const check = 'browsers guess no content type';
  const isSet = (await send(url)).headers.get('x-content-type-options') === 'nosniff';
  return {
    check,
    state: isSet ? 'passed' : 'warning',
    detail: isSet ? 'nosniff' : 'X-Content-Type-Options is missing',
  };
};

/** From an address on the list. */
export const allowedChecks: readonly Check[] = [
  isServed,
  servesRanges,
  knowsConditions,
  hasCors,
  answersPreflights,
  hitsHaveCors,
  bypassesCache,
  takesCookies,
  listsNothing,
  onlyReads,
  keepsContentType,
  forbidsSniffing,
];

/** The bucket's own URL of the object must not be a way past the list. */
export const bucketIsClosed =
  (bucketUrl: string): Check =>
  async ({ send }) => {
    const answer = await send(bucketUrl, { method: 'HEAD' });
    return found(
      'the bucket itself is closed',
      isRefused(answer),
      `${answer.status}`,
      `the bucket answers ${answer.status} without a signature, past the list`,
    );
  };
