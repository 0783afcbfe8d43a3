import { describe, expect, test } from 'vitest';
import { compileGateways } from './gateways.js';
import { type KnownLifetime, lifetimeOf, NEVER_EXPIRES, renews } from './lifetime.js';
import { locate } from './locate.js';

const now = 1000;
const dead: KnownLifetime = { expiresAt: 999, isSigned: true };
const alive: KnownLifetime = { expiresAt: 2000, isSigned: true };
const endless: KnownLifetime = { expiresAt: null, isSigned: true };
const plain: KnownLifetime = { expiresAt: null, isSigned: false };

describe('a URL takes the place of a known one', () => {
  test.each([
    ['that lives shorter', 2001, alive, true],
    ['that lives as long', 2000, alive, false],
    ['whose end is not known', 2000, endless, true],
    ['that is not signed', 2000, plain, true],
  ])('%s', (_known, lifetime, known, expected) => expect(renews(lifetime, known, now)).toBe(expected));

  test.each([
    ['dead', dead, true],
    ['alive', alive, false],
    ['without an expiry', endless, true],
  ])('by one whose end is not known, where that is %s', (_known, known, expected) =>
    expect(renews(Number.POSITIVE_INFINITY, known, now)).toBe(expected),
  );

  test.each([
    ['alive', alive, true],
    ['signed for a time that is not known', endless, true],
    ['not signed', plain, false],
  ])('by one that never expires, where that is %s', (_known, known, expected) =>
    expect(renews(NEVER_EXPIRES, known, now)).toBe(expected),
  );

  test.each([dead, alive, endless, plain])('never by one that is not signed: %o', (known) =>
    expect(renews(Number.NaN, known, now)).toBe(false),
  );
});

test.each([
  ['https://a.example/x', Number.NaN],
  ['https://gateway.example/x', NEVER_EXPIRES],
  ['https://acme.s3.amazonaws.com/x?AWSAccessKeyId=a&Expires=2000000000&Signature=s', 2_000_000_000_000],
])('the lifetime of %s', (objectUrl, expected) => {
  const located = locate(objectUrl, compileGateways([{ url: 'https://gateway.example/', bucketUrl: null }]));
  expect(located.ok && lifetimeOf(located.url)).toBe(expected);
});
