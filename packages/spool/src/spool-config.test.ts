import { describe, expect, it } from 'vitest';
import { parseSpoolUrl, SpoolUrlError } from './spool-config.js';

const S3 = {
  kind: 's3',
  endpoint: 'https://s3.example.com',
  bucket: 'manifests',
  prefix: '',
  region: 'us-east-1',
  pathStyle: true,
  accessKeyId: 'AKID',
  secretAccessKey: 'secret',
  sessionToken: null,
};
const environment = { accessKeyId: 'AKENV', secretAccessKey: 'from environment', sessionToken: 'token' };

describe('parseSpoolUrl', () => {
  it.each([
    ['file:///var/spool/latchkey', '/var/spool/latchkey'],
    ['file://localhost/var/a%20b', '/var/a b'],
  ])('reads %s as a directory', (url, directory) => {
    expect(parseSpoolUrl(url)).toEqual({ kind: 'directory', directory });
  });

  it.each([
    ['s3://AKID:secret@s3.example.com/manifests', {}],
    ['s3://AKID:secret@s3.example.com/manifests/', {}],
    ['s3://AKID:secret@s3.example.com/manifests/a/b%20c/', { prefix: 'a/b c/' }],
    ['s3://AKID:a%2Fb%2Bc%40d@s3.example.com/manifests', { secretAccessKey: 'a/b+c@d' }],
    ['s3://AKID:secret@127.0.0.1:9000/manifests?tls=false', { endpoint: 'http://127.0.0.1:9000' }],
    ['s3://AKID:secret@[::1]:9000/manifests', { endpoint: 'https://[::1]:9000' }],
    ['s3://AKID:secret@s3.example.com/manifests?region=eu-west-1', { region: 'eu-west-1' }],
    ['s3://AKID:secret@s3.example.com/manifests?path-style=false', { pathStyle: false }],
    ['s3://AKID:secret@s3.example.com/manifests?path-style=true&tls=true', {}],
  ])('reads %s', (url, expected) => {
    expect(parseSpoolUrl(url, environment)).toEqual({ ...S3, ...expected });
  });

  it('takes the credentials beside a URL that has none', () => {
    expect(parseSpoolUrl('s3://s3.example.com/manifests', environment)).toEqual({ ...S3, ...environment });
  });

  it('makes something that a worker thread can be given', () => {
    const config = parseSpoolUrl('s3://s3.example.com/manifests', environment);

    expect(structuredClone(config)).toEqual(config);
  });

  it.each([
    '',
    'given',
    '/var/given',
    'https://given.example.com/given',
    'file://given/var/spool',
    'file:///var/spool?given=1',
    's3:given',
    's3:///given',
    's3://AKgiven:given@host',
    's3://AKgiven:given@host/',
    's3://AKgiven:given@host/-given',
    's3://AKgiven:given@host/given?bucket=given',
    's3://AKgiven:given@host/given?tls=given',
    's3://AKgiven:given@host/given?path-style=given',
    's3://AKgiven:given@host/given?region=given/',
    's3://AKgiven:given@host/given#given',
    's3://AKgiven@host/given',
    's3://:given@host/given',
    's3://AKgiven:given%zz@host/given',
    's3://given/given',
  ])('refuses "%s" and does not repeat it', (value) => {
    const parse = () => parseSpoolUrl(value);

    expect(parse).toThrow(SpoolUrlError);
    expect(parse).toThrow(/^(?!.*given)/s);
  });
});
