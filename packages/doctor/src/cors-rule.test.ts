import { expect, test } from 'vitest';
import { corsProviders, corsRule, corsRuleFor } from './cors-rule.js';

const origin = 'https://latchkey.example.com';

test('the rule names the origin of the page and the headers that ranges need', () => {
  const rule = corsRuleFor('https://bucket.s3.eu-west-1.amazonaws.com/a', origin);
  expect(JSON.parse(rule.text)).toMatchObject([
    {
      AllowedOrigins: [origin],
      AllowedMethods: ['GET'],
      ExposeHeaders: expect.arrayContaining(['Content-Range']),
    },
  ]);
});

test('each provider gets the form that it reads', () => {
  expect(JSON.parse(corsRuleFor('https://storage.googleapis.com/b/a', origin).text)).toMatchObject([
    { origin: [origin], method: ['GET'] },
  ]);
  expect(corsRuleFor('https://acme.blob.core.windows.net/c/a', origin).text).toContain(
    `--origins '${origin}'`,
  );
  expect(corsRuleFor('http://127.0.0.1:9000/b/a', origin).provider).toBe('minio');
  expect(corsRuleFor('https://data.obs.eu-de.otc.t-systems.com/a', origin).command).toContain(
    '--bucket data ',
  );
});

test('the command names the bucket of the URL', () => {
  expect(corsRuleFor('https://footage.s3.eu-west-1.amazonaws.com/a', origin).command).toContain(
    '--bucket footage ',
  );
  expect(corsRuleFor('https://storage.googleapis.com/footage/a', origin).command).toContain('gs://footage ');
  expect(corsRuleFor('https://acme.blob.core.windows.net/c/a', origin).command).toContain(
    '--account-name acme',
  );
});

test.each(corsProviders)(
  'the rule for %s lets one origin read, shows ranges, and allows no writing',
  (provider) => {
    const rule = corsRule(provider, { origin, bucket: 'footage' });
    const all = [...rule.steps, rule.text, rule.command].join('\n');
    expect(all).toContain(origin);
    expect(all).toContain('Content-Range');
    expect(all).not.toMatch(/PUT|POST|DELETE/);
  },
);
