import { isIP } from 'node:net';
import type { AddressRule } from './address-rules.js';
import { EgressError, refusedAddress } from './egress-error.js';

const defaultPorts: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };

/** Below it are the services of machines, such as mail and remote shells, which read a request as their own language. */
const firstFreePort = 1024;

/** What of a URL can be told without a connection. `URL` has unified the spellings of an address: `0x7f.1` is 127.0.0.1. */
export function checkUrl(text: string): URL {
  if (!URL.canParse(text)) throw new EgressError('refused_url', 'The URL is not a valid absolute URL.');
  const url = new URL(text);
  const usual = defaultPorts[url.protocol];
  if (usual === undefined)
    throw new EgressError('refused_scheme', `Only http and https URLs are opened, not ${url.protocol}`);
  if (url.username !== '' || url.password !== '')
    throw new EgressError(
      'refused_url',
      `The URL of ${url.hostname} has a user name or password, which is not sent.`,
    );
  const port = url.port === '' ? usual : Number(url.port);
  if (port !== 80 && port !== 443 && port < firstFreePort)
    throw new EgressError(
      'refused_port',
      `Port ${port} of ${url.hostname} is refused: use 80, 443 or one from ${firstFreePort} on.`,
    );
  return url;
}

/** Refuses an address that is written in the URL itself; where a name leads to is checked when it is connected to. */
export function checkWrittenAddress({ hostname }: URL, mayConnect: AddressRule): void {
  const address = hostname.replace(/^\[|\]$/g, '');
  if (isIP(address) !== 0 && !mayConnect(address)) throw refusedAddress(hostname);
}
