import { parseConfig } from '@latchkey/gateway/config/load-config';
import { expect, test } from 'vitest';
import { readText } from './support/files.js';

const example = readText('gateway/gateway.example.yaml');
const environment = { BUCKET_ACCESS_KEY: 'key', BUCKET_SECRET_KEY: 'secret' };
/** Certificates are read from where they will be. */
const withoutCertificates = example.replace(/ {4}certificates:\n( {6}.*\n)( {8}.*\n)/, '');

test('the example of the gateway is one that it starts with', () => {
  expect(withoutCertificates).not.toContain('certificate');
  const config = parseConfig('gateway.yaml', withoutCertificates, environment);
  expect(config.allowCount).toBe(2);
  expect(config.sites.map(({ hosts }) => hosts)).toEqual([['data.example.com']]);
});

test('a misspelt field of it is found', () => {
  expect(() =>
    parseConfig('gateway.yaml', withoutCertificates.replace('corsOrigins', 'corsOrigin'), environment),
  ).toThrow(/corsOrigin/);
});
