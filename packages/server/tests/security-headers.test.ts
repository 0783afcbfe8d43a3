import { startTestSystem } from '@latchkey/testkit/start-system';
import { expect, it } from 'vitest';

it('every answer forbids guessing types, framing and referrers; an answer of the API runs nothing as a page', async () => {
  await using system = await startTestSystem();
  for (const path of [
    '/v2/public/session',
    '/v2/public/user',
    '/v2/public/nothing',
    '/health/live',
    '/docs',
  ]) {
    const { headers } = await fetch(system.baseUrl + path);
    expect(Object.fromEntries(headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
    });
    expect(headers.has('strict-transport-security')).toBe(false);
    if (path.startsWith('/v2/'))
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  }
});

it('browsers are told to come back by https where users reach the server by it', async () => {
  await using system = await startTestSystem({
    environment: { LATCHKEY_PUBLIC_URL: 'https://latchkey.example.com' },
  });
  const { headers } = await fetch(`${system.baseUrl}/v2/public/session`);
  expect(headers.get('strict-transport-security')).toBe('max-age=31536000');
});
