import ipaddr from 'ipaddr.js';
import { ConfigError, type Environment, readCount } from './settings.js';

export interface RequestSettings {
  /** Addresses, ranges (CIDR), or names of ranges of the proxies whose forwarding headers are believed. */
  readonly trustedProxies: readonly string[];
  /** On average over ten seconds; null: any number. */
  readonly userRequestsPerSecond: number | null;
  /** Of requests for which nobody is signed in. */
  readonly addressRequestsPerSecond: number | null;
}

const mostPerSecond = 1_000_000;

export function readRequestSettings(environment: Environment): RequestSettings {
  return {
    trustedProxies: readProxies(environment['LATCHKEY_TRUSTED_PROXIES']),
    userRequestsPerSecond: readRate(environment, 'LATCHKEY_USER_REQUESTS_PER_SECOND', 200),
    addressRequestsPerSecond: readRate(environment, 'LATCHKEY_ADDRESS_REQUESTS_PER_SECOND', 20),
  };
}

function readRate(environment: Environment, name: string, byDefault: number): number | null {
  if (environment[name]?.trim() === 'off') return null;
  try {
    return readCount(environment, name, byDefault, mostPerSecond);
  } catch (cause) {
    throw new ConfigError(`${name} must be a whole number from 1 to ${mostPerSecond}, or off.`, { cause });
  }
}

/** Loopback addresses, those of one link, and the private ones of IPv4 and IPv6. */
const rangeNames = ['loopback', 'linklocal', 'uniquelocal'];

function readProxies(value = ''): string[] {
  const proxies = value.split(/[\s,]+/).filter((proxy) => proxy !== '');
  const isKnown = (proxy: string): boolean =>
    rangeNames.includes(proxy) || ipaddr.isValid(proxy) || ipaddr.isValidCIDR(proxy);
  if (proxies.every(isKnown)) return proxies;
  throw new ConfigError(
    `LATCHKEY_TRUSTED_PROXIES must be addresses or ranges of them, such as 10.0.0.7 or 10.0.0.0/8, or ${rangeNames.join(', ')}, separated by commas.`,
  );
}
