import { expect, test } from 'vitest';
import { corsRule } from './cors-rule.js';

const origin = 'https://latchkey.example.com';

test('the rule names the origin of the page and the headers that ranges need', () => {
  const rule = corsRule('https://bucket.s3.eu-west-1.amazonaws.com/a', origin);
  expect(JSON.parse(rule.text)).toMatchObject([
    {
      AllowedOrigins: [origin],
      AllowedMethods: ['GET'],
      ExposeHeaders: expect.arrayContaining(['Content-Range']),
    },
  ]);
});

test('each provider gets the form that it reads', () => {
  expect(JSON.parse(corsRule('https://storage.googleapis.com/b/a', origin).text)).toMatchObject([
    { origin: [origin], method: ['GET'] },
  ]);
  expect(corsRule('https://acme.blob.core.windows.net/c/a', origin).text).toContain(`--origins '${origin}'`);
  expect(corsRule('http://127.0.0.1:9000/b/a', origin).where).toContain('S3');
});
