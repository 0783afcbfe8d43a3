import type { RequestTarget } from './request-target.js';
import { S3Error } from './s3-error.js';

/** What a pre-signed URL or a header says of its signature; nothing of it is verified yet. */
export interface Authorization {
  accessKeyId: string;
  /** Day, region, service and terminator. */
  scope: readonly string[];
  /** As given: `20260301T120000Z`. */
  date: string;
  /** Epoch milliseconds of `date`. */
  signedAt: number;
  expiresSeconds: number;
  signedHeaders: readonly string[];
  /** 64 hex digits. */
  signature: string;
}

const MAX_EXPIRES_SECONDS = 604_800;
const PARAMETERS = [
  'X-Amz-Algorithm',
  'X-Amz-Credential',
  'X-Amz-Date',
  'X-Amz-Expires',
  'X-Amz-SignedHeaders',
  'X-Amz-Signature',
] as const;

/**
 * Reads the `X-Amz-*` parameters of a pre-signed URL.
 * @param authorizationHeader refused beside them
 * @throws {S3Error} 403 without a signature, 400 for one that cannot be read
 */
export function readAuthorization(
  query: RequestTarget['query'],
  authorizationHeader: readonly string[] | undefined,
): Authorization {
  refuseOtherForms(query, authorizationHeader);
  const [algorithm, credential, date, expires, signedHeaders, signature] = PARAMETERS.map((name) =>
    single(query, name),
  ) as [string, string, string, string, string, string];
  if (algorithm !== 'AWS4-HMAC-SHA256') throw malformed('X-Amz-Algorithm only supports "AWS4-HMAC-SHA256".');
  const expiresSeconds = /^\d{1,6}$/.test(expires) ? Number(expires) : 0;
  if (expiresSeconds < 1 || expiresSeconds > MAX_EXPIRES_SECONDS) {
    throw malformed(`X-Amz-Expires must be a whole number of seconds from 1 to ${MAX_EXPIRES_SECONDS}.`);
  }
  if (!/^[a-z0-9-]+(;[a-z0-9-]+)*$/.test(signedHeaders)) {
    throw malformed('X-Amz-SignedHeaders must be lower-case header names with ";" between them.');
  }
  if (!/^[0-9a-f]{64}$/.test(signature)) {
    throw new S3Error(
      403,
      'SignatureDoesNotMatch',
      'X-Amz-Signature is not a signature: it has to be 64 lower-case hex digits.',
    );
  }
  return {
    ...readCredential(credential, date),
    date,
    signedAt: readDate(date),
    expiresSeconds,
    signedHeaders: signedHeaders.split(';'),
    signature,
  };
}

/** @throws {S3Error} which names the bucket's region, if the URL is signed for another one */
export function checkRegion(query: RequestTarget['query'], region: string): void {
  const credential = query.find(([name]) => name === 'X-Amz-Credential')?.[1];
  const given = credential?.split('/').at(-3);
  if (given === undefined || given === region) return;
  throw new S3Error(
    400,
    'AuthorizationQueryParametersError',
    `Error parsing the X-Amz-Credential parameter; the region '${given}' is wrong; expecting '${region}'`,
    { Region: region },
  );
}

function refuseOtherForms(query: RequestTarget['query'], header: readonly string[] | undefined): void {
  const names = new Set(query.map(([name]) => name));
  const isSigned = PARAMETERS.some((name) => names.has(name));
  if (names.has('Signature') || names.has('AWSAccessKeyId')) {
    throw new S3Error(
      400,
      'InvalidRequest',
      'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.',
    );
  }
  if (isSigned && header !== undefined) {
    throw new S3Error(
      400,
      'InvalidArgument',
      'Only one auth mechanism allowed: send the X-Amz-* parameters or the Authorization header.',
    );
  }
  if (!isSigned) throw new S3Error(403, 'AccessDenied', 'Access Denied');
}

function single(query: RequestTarget['query'], name: string): string {
  const values = query.filter(([given]) => given === name);
  const value = values[0]?.[1];
  if (value === undefined || values.length > 1) {
    throw malformed(
      `Query-string authentication needs ${name} exactly once; it is there ${values.length} times.`,
    );
  }
  return value;
}

export function readCredential(
  credential: string,
  date: string,
): Pick<Authorization, 'accessKeyId' | 'scope'> {
  const parts = credential.split('/');
  const scope = parts.slice(-4);
  const [day, region, service, terminator] = scope;
  const isComplete = parts.length >= 5 && region !== '' && service === 's3' && terminator === 'aws4_request';
  if (!isComplete || day !== date.slice(0, 8)) {
    throw malformed(
      'X-Amz-Credential must be "<access key id>/<day of X-Amz-Date>/<region>/s3/aws4_request".',
    );
  }
  return { accessKeyId: parts.slice(0, -4).join('/'), scope };
}

export function readDate(date: string): number {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date) ?? [];
  const epochMs = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (Number.isNaN(epochMs)) throw malformed('X-Amz-Date must be in the form yyyyMMddTHHmmssZ.');
  return epochMs;
}

function malformed(message: string): S3Error {
  return new S3Error(400, 'AuthorizationQueryParametersError', message);
}
