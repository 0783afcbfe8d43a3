import { describe, expect, it } from 'vitest';
import { parseTarget } from './request-target.js';
import { verifySignature } from './verify-signature.js';

const credentials = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};
const target =
  '/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3' +
  '%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host' +
  '&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404';
const check = (method: string, url: string) =>
  verifySignature(
    { method, target: parseTarget(url), headers: { host: ['examplebucket.s3.amazonaws.com'] } },
    credentials,
    Date.UTC(2013, 4, 24, 12),
  );

describe('verifySignature', () => {
  it('accepts the worked example of the S3 documentation', () => {
    expect(() => check('GET', target)).not.toThrow();
  });

  it('accepts it with its parameters in another order', () => {
    const [path, query = ''] = target.split('?');

    expect(() => check('GET', `${path}?${query.split('&').reverse().join('&')}`)).not.toThrow();
  });

  it('refuses it for another method or another object', () => {
    expect(() => check('HEAD', target)).toThrow(expect.objectContaining({ code: 'SignatureDoesNotMatch' }));
    expect(() => check('GET', target.replace('test.txt', 'test.TXT'))).toThrow(
      expect.objectContaining({ code: 'SignatureDoesNotMatch' }),
    );
  });
});
