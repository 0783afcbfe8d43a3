import { type Query, readValue } from './query.js';

/**
 * `exact`: dead at `expiresAt`. `upper-bound`: dead then or earlier, with the session or policy it was signed under.
 * `unknown`: the URL does not say. `malformed`: its store would refuse it.
 */
export type Certainty = 'exact' | 'upper-bound' | 'unknown' | 'malformed';

/** Moments in epoch milliseconds. */
export interface Validity {
  expiresAt: number | null;
  notBefore: number | null;
  certainty: Certainty;
}

export const UNKNOWN: Validity = { expiresAt: null, notBefore: null, certainty: 'unknown' };
export const MALFORMED: Validity = { expiresAt: null, notBefore: null, certainty: 'malformed' };

/** Of a URL whose signatures must all be good. One that does not say when it dies may die before the others. */
export function firstToDie(validities: readonly Validity[]): Validity {
  if (validities.some(({ certainty }) => certainty === 'malformed')) return MALFORMED;
  const ends = validities.flatMap(({ expiresAt }) => expiresAt ?? []);
  const starts = validities.flatMap(({ notBefore }) => notBefore ?? []);
  if (ends.length === 0) return UNKNOWN;
  return {
    expiresAt: Math.min(...ends),
    notBefore: starts.length === 0 ? null : Math.max(...starts),
    certainty: validities.every(({ certainty }) => certainty === 'exact') ? 'exact' : 'upper-bound',
  };
}

const MAX_V4_SECONDS = 604_800;
/** S3 and GCS accept a signing time up to 15 minutes ahead of their clock. */
const ALLOWED_SKEW_MS = 15 * 60 * 1000;
const MAX_EPOCH_SECONDS_DIGITS = 11;

/** SigV4 and its relatives: `<prefix>date` plus `<prefix>expires` seconds, at most 7 days. */
export function signedForSeconds(prefix: string, sessionParam: string): (query: Query) => Validity {
  const dateParam = `${prefix}date`;
  const expiresParam = `${prefix}expires`;
  return (query) => {
    const signedAt = parseCompactDate(readValue(query, dateParam) ?? '');
    const seconds = parseDigits(readValue(query, expiresParam) ?? '', 6);
    if (signedAt === null || seconds === null || seconds < 1 || seconds > MAX_V4_SECONDS) return MALFORMED;
    return {
      expiresAt: signedAt + seconds * 1000,
      notBefore: signedAt - ALLOWED_SKEW_MS,
      certainty: query.values.has(sessionParam) ? 'upper-bound' : 'exact',
    };
  };
}

/** `Expires` in epoch seconds. A value in milliseconds (13 digits) is malformed. */
export function expiresAtEpoch(sessionParams: readonly string[]): (query: Query) => Validity {
  return (query) => {
    const seconds = parseDigits(readValue(query, 'expires') ?? '', MAX_EPOCH_SECONDS_DIGITS);
    if (seconds === null) return MALFORMED;
    const bounded = sessionParams.some((name) => query.values.has(name));
    return { expiresAt: seconds * 1000, notBefore: null, certainty: bounded ? 'upper-bound' : 'exact' };
  };
}

/** Azure SAS. A user delegation key (`skt`, `ske`) bounds what it signed; a stored policy (`si`) can be revoked. */
export function sasValidity(query: Query): Validity {
  const [start, expiry, keyStart, keyExpiry] = ['st', 'se', 'skt', 'ske'].map((name) =>
    readIsoTime(query, name),
  );
  if ([start, expiry, keyStart, keyExpiry].includes('malformed')) return MALFORMED;
  const storedPolicy = query.values.has('si');
  const notBefore = latest(start, keyStart);
  if (typeof expiry !== 'number') {
    return storedPolicy ? { expiresAt: null, notBefore, certainty: 'unknown' } : MALFORMED;
  }
  const expiresAt = typeof keyExpiry === 'number' ? Math.min(expiry, keyExpiry) : expiry;
  if (notBefore !== null && expiresAt <= notBefore) return MALFORMED;
  return { expiresAt, notBefore, certainty: storedPolicy ? 'upper-bound' : 'exact' };
}

/** Tencent COS: `q-sign-time=<start>;<end>` in epoch seconds. */
export function cosValidity(query: Query): Validity {
  const [start = '', end = ''] = (readValue(query, 'q-sign-time') ?? '').split(';');
  return between(start, end, query.values.has('x-cos-security-token') ? 'upper-bound' : 'exact');
}

/** Akamai edge token: `st=<start>~exp=<end>~acl=...~hmac=...`. */
export function akamaiValidity(query: Query): Validity {
  const token = readValue(query, 'hdnts') ?? readValue(query, 'hdnea') ?? '';
  const end = /(?:^|~)exp=(\d+)/.exec(token)?.[1];
  if (end === undefined) return UNKNOWN;
  return between(/(?:^|~)st=(\d+)/.exec(token)?.[1] ?? '', end, 'exact');
}

/** CloudFront custom policy: JSON in base64 with `+=/` written as `-_~`. */
export function policyValidity(query: Query): Validity {
  const encoded = readValue(query, 'policy') ?? '';
  const policy = parseBase64Json(encoded.replace(/-/g, '+').replace(/_/g, '=').replace(/~/g, '/'));
  const condition = field(field(field(policy, 'Statement'), '0'), 'Condition');
  const expires = field(field(condition, 'DateLessThan'), 'AWS:EpochTime');
  const starts = field(field(condition, 'DateGreaterThan'), 'AWS:EpochTime');
  if (!isEpochSeconds(expires)) return MALFORMED;
  return {
    expiresAt: expires * 1000,
    notBefore: isEpochSeconds(starts) ? starts * 1000 : null,
    certainty: 'exact',
  };
}

/** Reads `exp` and `nbf` of a JWT in `token` without verifying it: only its store can. */
export function jwtValidity(query: Query): Validity {
  const payload = (readValue(query, 'token') ?? '').split('.')[1] ?? '';
  const claims = parseBase64Json(payload.replace(/-/g, '+').replace(/_/g, '/'));
  if (claims === null) return MALFORMED;
  const expires = field(claims, 'exp');
  if (expires === undefined) return UNKNOWN;
  if (!isEpochSeconds(expires)) return MALFORMED;
  const starts = field(claims, 'nbf');
  return {
    expiresAt: expires * 1000,
    notBefore: isEpochSeconds(starts) ? starts * 1000 : null,
    certainty: 'exact',
  };
}

function between(start: string, end: string, certainty: Certainty): Validity {
  const expires = parseDigits(end, MAX_EPOCH_SECONDS_DIGITS);
  const starts = start === '' ? null : parseDigits(start, MAX_EPOCH_SECONDS_DIGITS);
  if (expires === null || (start !== '' && starts === null)) return MALFORMED;
  if (starts !== null && expires <= starts) return MALFORMED;
  return { expiresAt: expires * 1000, notBefore: starts === null ? null : starts * 1000, certainty };
}

function parseDigits(text: string, maxDigits: number): number | null {
  return text.length <= maxDigits && /^\d+$/.test(text) ? Number(text) : null;
}

function isEpochSeconds(value: unknown): value is number {
  return (
    typeof value === 'number' &&
    Number.isSafeInteger(value) &&
    value >= 0 &&
    value < 10 ** MAX_EPOCH_SECONDS_DIGITS
  );
}

const COMPACT = /^(\d{4})(0[1-9]|1[0-2])(\d\d)T([01]\d|2[0-3])([0-5]\d)([0-5]\d)Z$/;
const ISO = /^(\d{4})-(0[1-9]|1[0-2])-(\d\d)(?:T([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.\d{1,7})?)?Z)?$/;

function parseCompactDate(text: string): number | null {
  return toEpoch(COMPACT.exec(text));
}

function readIsoTime(query: Query, name: string): number | null | 'malformed' {
  const text = readValue(query, name);
  return text === null ? null : (toEpoch(ISO.exec(text)) ?? 'malformed');
}

function toEpoch(match: RegExpExecArray | null): number | null {
  if (match === null) return null;
  const [, year, month, day, hour = 0, minute = 0, second = 0] = match;
  const epoch = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  );
  // Date.UTC rolls 31 February over into March; a store refuses it.
  return new Date(epoch).getUTCDate() === Number(day) ? epoch : null;
}

function latest(a: number | string | null | undefined, b: number | string | null | undefined): number | null {
  const moments = [a, b].filter((moment) => typeof moment === 'number');
  return moments.length === 0 ? null : Math.max(...moments);
}

function parseBase64Json(text: string): unknown {
  try {
    return JSON.parse(atob(text));
  } catch {
    return null;
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
