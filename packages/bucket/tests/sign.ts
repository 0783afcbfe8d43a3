import { createHash, createHmac } from 'node:crypto';

export const ACCESS_KEY_ID = 'AKIDEXAMPLE';
export const SECRET_ACCESS_KEY = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
/** 2026-03-01T12:00:00Z */
export const NOON = Date.UTC(2026, 2, 1, 12);

export interface SignOptions {
  method?: string;
  expires?: number | string;
  signedAt?: number;
  accessKeyId?: string;
  secret?: string;
  service?: string;
  /** Further query parameters, signed. */
  query?: Readonly<Record<string, string>>;
  /** Further headers, signed; names in lower case. */
  headers?: Readonly<Record<string, string>>;
}

/** The path and query of a pre-signed URL, after the worked example of the S3 documentation. */
export function sign(origin: string, path: string, options: SignOptions = {}): string {
  const { method = 'GET', expires = 3600, signedAt = NOON, service = 's3' } = options;
  const date = `${new Date(signedAt).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
  const scope = [date.slice(0, 8), 'eu-west-2', service, 'aws4_request'];
  const headers = { host: new URL(origin).host, ...options.headers };
  const names = Object.keys(headers).sort();
  const parameters: Record<string, string> = {
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': [options.accessKeyId ?? ACCESS_KEY_ID, ...scope].join('/'),
    'X-Amz-Date': date,
    'X-Amz-Expires': String(expires),
    'X-Amz-SignedHeaders': names.join(';'),
    ...options.query,
  };
  const query = Object.keys(parameters)
    .sort()
    .map((name) => `${percentEncode(name)}=${percentEncode(parameters[name] ?? '')}`)
    .join('&');
  const escapedPath = path.split('/').map(percentEncode).join('/');
  const lines = names.map((name) => `${name}:${headers[name as keyof typeof headers]}\n`).join('');
  const request = [method, escapedPath, query, lines, names.join(';'), 'UNSIGNED-PAYLOAD'].join('\n');
  const digest = createHash('sha256').update(request).digest('hex');
  let key: Buffer = Buffer.from(`AWS4${options.secret ?? SECRET_ACCESS_KEY}`);
  for (const part of [...scope, `AWS4-HMAC-SHA256\n${date}\n${scope.join('/')}\n${digest}`]) {
    key = createHmac('sha256', key).update(part).digest();
  }
  return `${escapedPath}?${query}&X-Amz-Signature=${key.toString('hex')}`;
}

function percentEncode(text: string): string {
  return [...Buffer.from(text)]
    .map((byte) => String.fromCharCode(byte))
    .map((char) =>
      /[A-Za-z0-9._~-]/.test(char)
        ? char
        : `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
    )
    .join('');
}
