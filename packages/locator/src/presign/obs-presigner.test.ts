import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createObsPresigner, type ObsPresignerOptions } from './obs-presigner.js';

/** The keys of the S3 documentation, whose signature of a URL before V4 OBS took over. */
const options: ObsPresignerOptions = {
  endpoint: 'https://obs.eu-de.otc.t-systems.com',
  bucket: 'johnsmith',
  pathStyle: false,
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  now: () => 1_175_139_000_000,
};

const sha1 = (text: string): string =>
  encodeURIComponent(createHmac('sha1', options.secretAccessKey).update(text).digest('base64'));

describe('createObsPresigner', () => {
  it('makes the signature of the documented example', () => {
    expect(createObsPresigner(options)('photos/puppy.jpg', { expiresInSeconds: 620 })).toBe(
      'https://johnsmith.obs.eu-de.otc.t-systems.com/photos/puppy.jpg?AccessKeyId=AKIAIOSFODNN7EXAMPLE' +
        '&Expires=1175139620&Signature=NpgCjnDzrM%2BWFzoENXmpNDUsSn8%3D',
    );
  });

  it('signs path style alike: the resource names the bucket in both', () => {
    const presign = createObsPresigner({ ...options, pathStyle: true });
    expect(presign('photos/puppy.jpg', { expiresInSeconds: 620 })).toContain(
      '/johnsmith/photos/puppy.jpg?AccessKeyId=AKIAIOSFODNN7EXAMPLE&Expires=1175139620&Signature=NpgCjnDzrM%2BWFzoENXmpNDUsSn8%3D',
    );
  });

  it('signs the token of a session and a version, and leaves the parameters of a list unsigned', () => {
    const presign = createObsPresigner({ ...options, securityToken: 't+/=' });
    expect(presign('a b.jpg', { expiresInSeconds: 1, params: { versionId: 'v1' } })).toContain(
      `Signature=${sha1('GET\n\n\n1175139001\n/johnsmith/a%20b.jpg?versionId=v1&x-obs-security-token=t+/=')}`,
    );
    const list = createObsPresigner(options)(null, { expiresInSeconds: 1, params: { prefix: 'img/' } });
    expect(list).toContain('https://johnsmith.obs.eu-de.otc.t-systems.com/?prefix=img%2F&AccessKeyId=');
    expect(list).toContain(`Signature=${sha1('GET\n\n\n1175139001\n/johnsmith/')}`);
  });

  it.each([0, 1.5, 630_720_001])('refuses to sign for %s seconds', (expiresInSeconds) => {
    expect(() => createObsPresigner(options)('a', { expiresInSeconds })).toThrow(
      expect.objectContaining({ code: 'bad_expiry' }),
    );
  });
});
