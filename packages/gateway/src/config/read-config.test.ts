import { describe, expect, it } from 'vitest';
import { parseConfig } from './load-config.js';

const environment = { KEY_ID: 'AKIDEXAMPLE', SECRET: 'the-secret', EMPTY: ' ' };
const good = `
listen:
  - address: 127.0.0.1:8080
allow: [203.0.113.7, 2001:db8::/48]
sites:
  - hosts: [data.example.com]
    origin:
      type: s3
      bucket: acme
      region: eu-west-2
      accessKeyId: { env: KEY_ID }
      secretAccessKey: { env: SECRET }
`;

const read = (text: string) => parseConfig('gateway.yaml', text, environment);
const change = (from: string, to: string) => () => read(good.replace(from, to));

describe('the configuration', () => {
  it('fills in what is not given', () => {
    const config = read(good);
    expect(config.allowCount).toBe(2);
    expect(config.sites[0]).toMatchObject({
      ttl: 3_600_000,
      browserTtlMs: 300_000,
      queryParameters: ['versionId'],
      origin: { endpoint: null, pathStyle: false, secretAccessKey: 'the-secret' },
    });
  });

  it.each([
    [
      'type: s3',
      'type: ftp',
      /gateway.yaml:8: sites\[0\].origin.type: "ftp" is not possible: give s3, gcs, azure, directory/,
    ],
    ['bucket: acme', 'bucket: "a/b"', /gateway.yaml:9: sites\[0\].origin.bucket: "a\/b" is not possible/],
    ['      bucket: acme\n', '', /origin.bucket: missing/],
    ['{ env: SECRET }', '{ env: NOT_SET }', /the environment variable NOT_SET is not set/],
    ['{ env: SECRET }', '{ env: EMPTY }', /the secret is empty/],
    ['{ env: SECRET }', '{ file: /does/not/exist }', /\/does\/not\/exist cannot be read \(ENOENT\)/],
    ['allow: [203', 'alow: [203', /gateway.yaml:4: alow: not known here. Allowed: listen, admin, allow/],
    ['2001:db8::/48', '10.0.0.1/8', /gateway.yaml:4: allow\[1\]: "10.0.0.1\/8" has bits set/],
    ['hosts: [data.example.com]', 'hosts: [https://data.example.com]', /is no host name/],
    ['hosts: [data.example.com]', 'hosts: [a.example.com, A.example.com]', /a.example.com is there twice/],
    ['127.0.0.1:8080', '8080', /is no address to listen on/],
    [
      '    origin:',
      '    queryParameters: [response-content-type]\n    origin:',
      /may not go to the origin.*Allowed: versionId/,
    ],
    ['    origin:', '    queryParameters: [acl]\n    origin:', /may not go to the origin/],
    [
      '    origin:',
      '    corsOrigins: [https://a.example.com/]\n    origin:',
      /give an origin as browsers send it/,
    ],
    ['    origin:', '    ttl: 1 hour\n    origin:', /is no duration/],
    ['region: eu-west-2', 'prefix: "../x/"', /give a prefix/],
    [
      '- address: 127.0.0.1:8080',
      '- address: 127.0.0.1:8080\n    proxyProtocol: true',
      /name the addresses of the proxies/,
    ],
    ['listen:', 'listen: [', /gateway.yaml:\d+/],
  ])('refuses %s -> %s with the line, what was given and what is allowed', (from, to, message) => {
    expect(change(from, to)).toThrow(message);
  });

  it('refuses a secret in the file without repeating it', () => {
    const refused = change('{ env: SECRET }', 'hunter2');
    expect(refused).toThrow(/a secret does not stand in this file/);
    expect(refused).not.toThrow(/hunter2/);
  });

  it('names all problems at once', () => {
    const text = good.replace('type: s3', 'type: directory').replace('203.0.113.7', 'x');
    expect(() => read(text)).toThrow(/allow\[0\][\s\S]*origin/);
  });
});
