import { timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Storage } from '@google-cloud/storage';

export interface ServiceAccountKey {
  readonly client_email: string;
  readonly private_key: string;
}

export interface GcsOrigin {
  /** What stands here for `https://storage.googleapis.com`, for which URLs are signed. */
  readonly endpoint: string;
  close(): Promise<void>;
}

/**
 * A bucket that opens an object to the URL that Google's own client signs for it at the same moment, for as long, by
 * the same key, and to no other: RSA signatures have no chance in them. No emulator of Google Cloud Storage that can
 * be had from npm or Debian verifies V4 signatures.
 * @param objects the text of each by its name, with `?generation=` behind it for those that are not current
 */
export async function startGcsOrigin(
  bucket: string,
  key: ServiceAccountKey,
  objects: ReadonlyMap<string, string>,
): Promise<GcsOrigin> {
  const storage = new Storage({ projectId: 'test', credentials: key });
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '', 'https://storage.googleapis.com');
    const [name, params] = [decodeURIComponent(url.pathname.slice(bucket.length + 2)), url.searchParams];
    const signedAt = readTime(params.get('X-Goog-Date') ?? '');
    const expires = signedAt + Number(params.get('X-Goog-Expires')) * 1000;
    if (!(signedAt <= Date.now())) return refuse(response, 403, 'AccessDenied');
    if (expires <= Date.now()) return refuse(response, 400, 'ExpiredToken');
    const generation = params.get('generation');
    const [expected] = await storage
      .bucket(bucket)
      .file(name)
      .getSignedUrl({
        version: 'v4',
        action: request.method === 'GET' ? 'read' : 'write',
        accessibleAt: signedAt,
        expires,
        ...(generation !== null && { queryParams: { generation } }),
      });
    if (!isSame(url, new URL(expected))) return refuse(response, 403, 'SignatureDoesNotMatch');
    const text = objects.get(generation === null ? name : `${name}?generation=${generation}`);
    if (text === undefined) return refuse(response, 404, 'NoSuchKey');
    response.end(text);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** As one text, for the order of the parameters means nothing. */
function isSame(given: URL, expected: URL): boolean {
  const text = ({ pathname, searchParams }: URL) =>
    Buffer.from(JSON.stringify([decodeURIComponent(pathname), [...searchParams].sort()]));
  const [a, b] = [text(given), text(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function refuse(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(`<Error><Code>${code}</Code></Error>`);
}

/** Of `20260301T120000Z`, in epoch milliseconds. */
function readTime(text: string): number {
  const [, ...parts] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text) ?? [];
  const [year, month, day, hour, minute, second] = parts;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}
