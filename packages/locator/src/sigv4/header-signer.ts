import { createHash } from 'node:crypto';
import { createHmacSigner } from './day-key.js';
import { formatTime } from './v4-draft.js';

export interface HeaderSignerOptions {
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string | null;
}

/** All of it as it is sent: the path and the query percent-encoded, the query's parameters sorted by name. */
export interface RequestToSign {
  method: string;
  host: string;
  path: string;
  query: string;
}

/** The headers with which a request without a body is signed. @param now epoch milliseconds */
export type HeaderSigner = (request: RequestToSign, now: number) => Record<string, string>;

const ALGORITHM = 'AWS4-HMAC-SHA256';
const UNSIGNED = 'UNSIGNED-PAYLOAD';

/**
 * SigV4 in the Authorization header, for S3 and its clones. Only host and `x-amz-*` are signed, so that Range and
 * conditions may be added.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 */
export function createHeaderSigner(options: HeaderSignerOptions): HeaderSigner {
  const { region, accessKeyId, secretAccessKey, sessionToken } = options;
  const scopeEnd = [region, 's3', 'aws4_request'];
  const sign = createHmacSigner(`AWS4${secretAccessKey}`, scopeEnd);
  const tokenHeader = sessionToken === null ? '' : `x-amz-security-token:${sessionToken}\n`;
  const names = `host;x-amz-content-sha256;x-amz-date${sessionToken === null ? '' : ';x-amz-security-token'}`;
  return ({ method, host, path, query }, now) => {
    const time = formatTime(now);
    const day = time.slice(0, 8);
    const headers = `host:${host}\nx-amz-content-sha256:${UNSIGNED}\nx-amz-date:${time}\n${tokenHeader}`;
    const request = `${method}\n${path}\n${query}\n${headers}\n${names}\n${UNSIGNED}`;
    const scope = [day, ...scopeEnd].join('/');
    const digest = createHash('sha256').update(request).digest('hex');
    const signature = sign({ day, stringToSign: `${ALGORITHM}\n${time}\n${scope}\n${digest}` });
    return {
      'x-amz-content-sha256': UNSIGNED,
      'x-amz-date': time,
      ...(sessionToken !== null && { 'x-amz-security-token': sessionToken }),
      authorization: `${ALGORITHM} Credential=${accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`,
    };
  };
}
