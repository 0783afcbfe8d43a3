import { LatchkeyError } from '@latchkey/contract/errors';

const loopback = /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/;

/** As browsers write it. Null and empty: no signer. Throws `invalid_request`. */
export function normaliseSignerUrl(given: string | null): string | null {
  if (given === null || given.trim() === '') return null;
  const url = URL.parse(given.trim());
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    throw refuse('The signer URL is not an absolute https URL.');
  if (url.protocol === 'http:' && !loopback.test(url.hostname))
    throw refuse('The signer URL is http, over which tokens can be read on the way.');
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    throw refuse(
      'The signer URL has a user, a query or a fragment; every user of the integration would see it.',
    );
  return url.href;
}

/** The audience of the tokens for a signer. */
export const signerOrigin = (signerUrl: string): string => new URL(signerUrl).origin;

function refuse(problem: string): LatchkeyError {
  return new LatchkeyError(
    'invalid_request',
    `${problem} Write it as https://signer.example.com/sign; http is taken for localhost only.`,
    { details: { place: 'body', field: 'signerUrl' } },
  );
}
