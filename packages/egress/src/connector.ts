import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { buildConnector } from 'undici';
import type { AddressRule } from './address-rules.js';
import { EgressError, refusedAddress } from './egress-error.js';
import { Gate } from './gate.js';

/** The addresses of a name, best first. */
export type Resolve = (hostname: string) => Promise<readonly string[]>;

export const resolveBySystem: Resolve = async (hostname) =>
  (await lookup(hostname, { all: true, verbatim: true })).map(({ address }) => address);

export interface ConnectorOptions {
  readonly mayConnect: AddressRule;
  readonly resolve: Resolve;
  readonly connectTimeoutMs: number;
}

/** Names of hosts that do not answer would fill the four threads with which Node also reads files. */
const lookupsAtOnce = 3;
const addressesTried = 3;

/**
 * Connects to the very address that was checked: a name is resolved once, here, and what is connected to is one of the
 * addresses that it gave, so that a resolver that answers otherwise the second time gains nothing.
 */
export function createConnector({
  mayConnect,
  resolve,
  connectTimeoutMs,
}: ConnectorOptions): buildConnector.connector {
  const connect = buildConnector({ timeout: connectTimeoutMs });
  const lookups = new Gate(lookupsAtOnce);
  const addressesOf = async (hostname: string): Promise<readonly string[]> => {
    const literal = unbracketed(hostname);
    const found = isIP(literal) ? [literal] : await lookups.run(() => resolve(hostname));
    const allowed = found.filter(mayConnect);
    if (found.length > 0 && allowed.length === 0) throw refusedAddress(hostname);
    return allowed.slice(0, addressesTried);
  };
  const connectTo = (options: buildConnector.Options, address: string): Promise<Connected> =>
    new Promise((settle, reject) => {
      // The certificate is that of the name.
      const servername = isIP(unbracketed(options.hostname)) ? {} : { servername: options.hostname };
      connect({ ...options, ...servername, hostname: address }, (error, socket) =>
        error ? reject(error) : settle(socket),
      );
    });
  return (options, callback) => {
    const { hostname } = options;
    within(connectTimeoutMs, hostname, addressesOf(hostname))
      .then((addresses) => firstOf(addresses, hostname, (address) => connectTo(options, address)))
      .then(
        (socket) => callback(null, socket),
        (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), null),
      );
  };
}

/** As an address of IPv6 stands in a URL: `[::1]`. */
const unbracketed = (hostname: string): string => hostname.replace(/^\[|\]$/g, '');

type Connected = Extract<Parameters<buildConnector.Callback>, [null, unknown]>[1];

async function firstOf<Result>(
  addresses: readonly string[],
  hostname: string,
  connect: (address: string) => Promise<Result>,
): Promise<Result> {
  let failure: unknown = new EgressError('unreachable', `The name ${hostname} has no address.`);
  for (const address of addresses) {
    try {
      return await connect(address);
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

/** The system's resolver has timeouts of its own, and they are long. */
function within<Result>(ms: number, hostname: string, work: Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    const late = () =>
      reject(new EgressError('unreachable', `The name ${hostname} was not resolved within ${ms} ms.`));
    const timer = setTimeout(late, ms);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
