import { expect, test } from 'vitest';
import type { ObjectAnswer } from './ask-object.js';
import { type Circumstances, diagnose, isMixedContent } from './diagnose.js';
import type { StorageError } from './storage-error.js';

const given: Circumstances = {
  url: 'https://bucket.example.com/a.jpg',
  expiresAt: '2026-11-02T00:00:00Z',
  now: Date.parse('2026-11-01T00:00:00Z'),
  pageProtocol: 'https:',
  isBlockedByPolicy: false,
  expected: null,
};
const late = { ...given, now: Date.parse('2026-11-03T00:00:00Z') };
const answer = (
  status: number,
  code: string | null = null,
  message: string | null = null,
  more: Partial<StorageError> & { contentType?: string } = {},
): ObjectAnswer => ({
  kind: 'answer',
  status,
  contentType: more.contentType ?? 'application/xml',
  contentRange: null,
  error: { code, message, region: more.region ?? null, address: more.address ?? null },
});

test('a refusal after the expiry is an expired URL', () => {
  expect(diagnose(answer(403, 'AccessDenied'), late)).toEqual({
    kind: 'expired',
    expiresAt: '2026-11-02T00:00:00Z',
  });
});

test('a storage that says so knows that the URL expired, whatever our clock says', () => {
  expect(diagnose(answer(403, 'AccessDenied', 'Request has expired'), given).kind).toBe('expired');
  expect(diagnose(answer(400, 'ExpiredToken', 'x'), { ...given, expiresAt: null }).kind).toBe('expired');
});

test('another refusal keeps the status and code of the storage', () => {
  expect(diagnose(answer(403, 'SignatureDoesNotMatch', 'The signature differs'), given)).toEqual({
    kind: 'refused',
    status: 403,
    storageCode: 'SignatureDoesNotMatch',
    storageMessage: 'The signature differs',
  });
});

test('missing objects and faults of the storage are told apart', () => {
  expect(diagnose(answer(404, 'NoSuchKey'), given)).toMatchObject({
    kind: 'not-found',
    storageCode: 'NoSuchKey',
  });
  expect(diagnose(answer(503), given)).toEqual({ kind: 'storage-error', status: 503 });
});

test('bytes that arrive and are not shown are unreadable', () => {
  expect(diagnose(answer(206), given)).toEqual({ kind: 'unreadable', contentType: 'application/xml' });
});

test('an answer that only shows without CORS is a missing CORS rule, unless the URL is over', () => {
  expect(diagnose({ kind: 'hidden-answer' }, given)).toEqual({ kind: 'no-cors' });
  expect(diagnose({ kind: 'hidden-answer' }, late).kind).toBe('expired');
});

test('no answer is an unreachable storage, unless our own policy blocked it', () => {
  expect(diagnose({ kind: 'no-answer' }, given)).toEqual({ kind: 'unreachable' });
  expect(diagnose({ kind: 'no-answer' }, { ...given, isBlockedByPolicy: true })).toEqual({ kind: 'policy' });
});

test('http data on an https page is mixed content, but for loopback addresses', () => {
  expect(diagnose(null, { ...given, url: 'http://nas.local/a.jpg' })).toEqual({ kind: 'mixed-content' });
  expect(isMixedContent('http://127.0.0.1:9000/a', 'https:')).toBe(false);
  expect(isMixedContent('http://nas.local/a', 'http:')).toBe(false);
});

test('a bucket of another region is told with the region', () => {
  expect(diagnose(answer(301, 'PermanentRedirect', null, { region: 'eu-west-1' }), given)).toEqual({
    kind: 'wrong-region',
    status: 301,
    region: 'eu-west-1',
  });
  expect(diagnose(answer(400, 'AuthorizationHeaderMalformed'), given)).toMatchObject({
    kind: 'wrong-region',
    region: null,
  });
});

test('a refusal by an allow-list of addresses is told with the address', () => {
  expect(diagnose(answer(403, 'ip_not_allowed', null, { address: '203.0.113.9' }), given)).toEqual({
    kind: 'address-refused',
    status: 403,
    address: '203.0.113.9',
  });
  expect(diagnose(answer(403, 'AuthorizationFailure'), given)).toMatchObject({ kind: 'address-refused' });
});

test("Azure's detail tells that a signature is over", () => {
  const detail = 'Signature not valid in the specified time frame: Start [x] - Expiry [y] - Current [z]';
  expect(diagnose(answer(403, 'AuthenticationFailed', detail), given).kind).toBe('expired');
});

test('a page of text in place of a video has the wrong type', () => {
  const expected = { ...given, expected: 'video' } as const;
  expect(diagnose(answer(206, null, null, { contentType: 'text/html' }), expected)).toEqual({
    kind: 'wrong-type',
    contentType: 'text/html',
    expected: 'video',
  });
  expect(diagnose(answer(206, null, null, { contentType: 'video/mp4' }), expected).kind).toBe('unreadable');
});
