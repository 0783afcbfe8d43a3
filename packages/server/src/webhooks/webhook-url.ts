import { LatchkeyError } from '@latchkey/contract/errors';
import { publicAddressesAnd } from '@latchkey/egress/address-rules';
import { checkUrl, checkWrittenAddress } from '@latchkey/egress/check-url';
import { EgressError } from '@latchkey/egress/egress-error';
import type { ServerConfig } from '../config/environment.js';

/**
 * As it is called. What can be told without a connection is refused here, with `invalid_request`; where a name leads to
 * is checked at each delivery.
 */
export function normaliseWebhookUrl(
  { egressRanges }: Pick<ServerConfig, 'egressRanges'>,
  given: string,
): string {
  const url = checked(given.trim(), egressRanges);
  if (url.hash !== '') throw refuse('The URL has a fragment, which is not sent.');
  if (url.protocol === 'http:' && egressRanges.length === 0)
    throw refuse('The URL is http, over which events can be read and forged on the way.');
  return url.href;
}

function checked(text: string, egressRanges: readonly string[]): URL {
  try {
    const url = checkUrl(text);
    checkWrittenAddress(url, publicAddressesAnd(egressRanges));
    return url;
  } catch (error) {
    if (error instanceof EgressError) throw refuse(error.message);
    throw error;
  }
}

function refuse(problem: string): LatchkeyError {
  return new LatchkeyError(
    'invalid_request',
    `${problem} Write it as https://hooks.example.com/latchkey; http is taken where the operator allows private addresses.`,
    { details: { place: 'body', field: 'url' } },
  );
}
