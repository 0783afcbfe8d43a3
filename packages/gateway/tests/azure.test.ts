import { createHmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { get, patterned } from './client.js';
import { startTestGateway } from './gateway-fixture.js';
import { sendBytes, startOrigin } from './origin-server.js';

const accountKey = Buffer.from('the key of the account').toString('base64');

/**
 * Whether a service SAS opens the blob that is asked for, worked out from the request alone.
 * @see https://learn.microsoft.com/rest/api/storageservices/create-service-sas
 */
function isSigned({ url = '' }: IncomingMessage): boolean {
  const { pathname, searchParams } = new URL(url, 'http://127.0.0.1');
  const of = (name: string) => searchParams.get(name) ?? '';
  const text = [
    ...[
      of('sp'),
      of('st'),
      of('se'),
      `/blob/acme${decodeURIComponent(pathname)}`,
      of('si'),
      of('sip'),
      of('spr'),
    ],
    ...[
      of('sv'),
      of('sr'),
      of('snapshot'),
      of('ses'),
      of('rscc'),
      of('rscd'),
      of('rsce'),
      of('rscl'),
      of('rsct'),
    ],
  ].join('\n');
  const expected = createHmac('sha256', Buffer.from(accountKey, 'base64')).update(text).digest('base64');
  return of('sp') === 'r' && Date.parse(of('se')) > Date.now() && of('sig') === expected;
}

async function start(key = accountKey) {
  const bytes = patterned(600_000);
  const origin = await startOrigin((request, response) =>
    isSigned(request)
      ? sendBytes(request, response, bytes, { etag: '"0x8D1"' })
      : response.writeHead(403, { 'x-ms-error-code': 'AuthenticationFailed' }).end(),
  );
  const test = await startTestGateway(
    {
      type: 'azure',
      account: 'acme',
      container: 'media',
      endpoint: origin.origin,
      accountKey: { env: 'AZURE_KEY' },
      prefix: 'team/',
    },
    {},
    Date.now,
    { AZURE_KEY: key },
  );
  return { bytes, origin, ...test };
}

describe('a container of Azure', () => {
  it('is opened by a signature of its own for each request, ranges and keys of any kind too', async () => {
    const { url, bytes } = await start();
    const answer = await get(url, '/%C3%BC%20b+(1).jpg', { headers: { range: 'bytes=300000-400000' } });
    expect([answer.status, answer.body.equals(bytes.subarray(300_000, 400_001))]).toEqual([206, true]);
    expect(
      (await get(url, '/a.jpg?snapshot=2026-03-01T12%3A00%3A00.0000000Z&sig=x&rsct=text%2Fhtml')).status,
    ).toBe(200);
    expect((await get(url, '/a.jpg', { method: 'HEAD' })).status).toBe(200);
  });

  it('that refuses the key is told, without the signature in the log', async () => {
    const { url, log } = await start(Buffer.from('another').toString('base64'));
    const answer = await get(url, '/a.jpg');
    expect([answer.status, JSON.parse(answer.body.toString()).code]).toEqual([502, 'origin_key_refused']);
    expect(log()).toContain('AuthenticationFailed');
    expect(log()).not.toMatch(/sig=|se=/);
  });
});
