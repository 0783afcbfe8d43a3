import { describe, expect, it } from 'vitest';
import { parseStoreUri } from './store-uri.js';

describe('parseStoreUri', () => {
  it.each([
    ['s3://acme/streets/2026', { kind: 's3', bucket: 'acme', prefix: 'streets/2026', endpoint: null }],
    ['s3://acme', { kind: 's3', bucket: 'acme', prefix: '', endpoint: null }],
    ['s3://acme/a b%20c?d#e', { kind: 's3', bucket: 'acme', prefix: 'a b%20c?d#e', endpoint: null }],
    ['gs://acme/', { kind: 'gcs', bucket: 'acme', prefix: '', endpoint: null }],
    ['az://account/data/img/', { kind: 'azure', account: 'account', container: 'data', prefix: 'img/' }],
    ['obs://acme/img/', { kind: 'obs', bucket: 'acme', prefix: 'img/', endpoint: null }],
    [
      'obs://obs.eu-de.otc.t-systems.com/acme/img/',
      { kind: 'obs', bucket: 'acme', prefix: 'img/', endpoint: 'https://obs.eu-de.otc.t-systems.com' },
    ],
    ['./media', { kind: 'directory', path: './media' }],
  ])('reads %s', (uri, expected) => {
    expect(parseStoreUri(uri)).toEqual(expected);
  });

  it.each([
    's3:///key',
    'az://account',
    'obs://obs.eu-de.otc.t-systems.com',
    'https://acme.s3.amazonaws.com',
  ])('refuses %s', (uri) => {
    expect(() => parseStoreUri(uri)).toThrow(expect.objectContaining({ code: 'bad_uri' }));
  });
});
