import { expect, test } from 'vitest';
import { readStorageError } from './storage-error.js';

const nothing = { code: null, message: null, region: null, address: null };

test('an XML error has code and message, and nothing else of it is read', () => {
  const xml =
    '<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>Request has expired</Message><StringToSign>secret</StringToSign></Error>';
  expect(readStorageError(xml)).toEqual({ ...nothing, code: 'AccessDenied', message: 'Request has expired' });
});

test('the region of the bucket is read where S3 writes it', () => {
  const element = '<Error><Code>AuthorizationHeaderMalformed</Code><Region>eu-west-1</Region></Error>';
  expect(readStorageError(element).region).toBe('eu-west-1');
  const sentence =
    "<Error><Code>AuthorizationQueryParametersError</Code><Message>the region 'us-east-1' is wrong; expecting 'eu-central-1'</Message></Error>";
  expect(readStorageError(sentence).region).toBe('eu-central-1');
});

test("Azure's detail takes the place of its general message", () => {
  const xml =
    '<Error><Code>AuthenticationFailed</Code><Message>Server failed to authenticate the request.</Message><AuthenticationErrorDetail>Signed expiry time [x] must be after signed start time [y]</AuthenticationErrorDetail></Error>';
  expect(readStorageError(xml).message).toMatch(/^Signed expiry time/);
});

test("a gateway's JSON tells the address that it saw", () => {
  expect(readStorageError('{"error":"ip_not_allowed","ip":"203.0.113.9"}')).toEqual({
    ...nothing,
    code: 'ip_not_allowed',
    address: '203.0.113.9',
  });
});

test.each(['<html>no</html>', '{broken', '', '{"error":{"nested":1}}'])('%j says nothing', (body) => {
  expect(readStorageError(body)).toEqual(nothing);
});
