import { X509Certificate } from 'node:crypto';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { createSecureContext } from 'node:tls';
import { type AddressRange, AddressRangeError, parseAddressRange } from '../allow-list/address-range.js';
import { AddressTable } from '../allow-list/address-table.js';
import type { Ttl } from '../http/freshness.js';
import { hostName } from '../http/target.js';
import {
  type Certificate,
  type GatewayConfig,
  type ListenerConfig,
  logLevels,
  type SiteConfig,
} from './gateway-config.js';
import { originReader, versionParameters } from './origin-config.js';
import {
  countOf,
  flag,
  listOf,
  objectOf,
  optional,
  type Path,
  type Reader,
  refuse,
  textOf,
} from './readers.js';
import { byteSize, duration, type Environment, listenAddress, readTextFile } from './values.js';

const GIB = 1024 ** 3;

/** Checks a parsed configuration and reads what it refers to. @throws {InvalidValues} naming everything that is wrong */
export function readConfig(value: unknown, environment: Environment): GatewayConfig {
  const mayBeWide = isRecord(value) && value['allowWideRanges'] === true;
  const given = objectOf({
    listen: nonEmpty(listOf(listener), 'listener'),
    admin: optional(listenAddress, null),
    allow: optional(listOf(addressRange(mayBeWide)), []),
    allowWideRanges: optional(flag, false),
    trustedProxies: optional(listOf(addressRange(false)), []),
    cache: optional(cacheReader, cacheReader({}, ['cache'])),
    sites: nonEmpty(listOf(siteReader(environment)), 'site'),
    log: optional(logReader, logReader({}, ['log'])),
  })(value, []);
  checkHosts(given.sites);
  if (given.trustedProxies.length === 0 && given.listen.some(({ proxyProtocol }) => proxyProtocol)) {
    refuse(
      ['trustedProxies'],
      'a listener has proxyProtocol: name the addresses of the proxies that may speak it.',
    );
  }
  return {
    ...given,
    allow: new AddressTable(given.allow),
    allowCount: given.allow.length,
    trustedProxies: new AddressTable(given.trustedProxies),
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

function nonEmpty<Item>(read: Reader<Item[]>, what: string): Reader<Item[]> {
  return (value, path) => {
    const items = read(value ?? [], path);
    return items.length > 0 ? items : refuse(path, `give at least one ${what}.`);
  };
}

function addressRange(mayBeWide: boolean): Reader<AddressRange> {
  return (value, path) => {
    try {
      return parseAddressRange(String(value), mayBeWide);
    } catch (error) {
      if (!(error instanceof AddressRangeError)) throw error;
      return refuse(path, error.message);
    }
  };
}

const fileName = textOf(/./, 'give the path of a file');

const certificate: Reader<Certificate> = (value, path) => {
  const files = objectOf({ certificateFile: fileName, keyFile: fileName })(value, path);
  const pair = {
    certificate: readTextFile(files.certificateFile, [...path, 'certificateFile']),
    key: readTextFile(files.keyFile, [...path, 'keyFile']),
  };
  try {
    createSecureContext({ cert: pair.certificate, key: pair.key });
    new X509Certificate(pair.certificate);
    return pair;
  } catch {
    return refuse(
      path,
      'the files are no certificate in PEM with its private key: give fullchain.pem and privkey.pem.',
    );
  }
};

const listener: Reader<ListenerConfig> = (value, path) => {
  const given = objectOf({
    address: listenAddress,
    certificates: optional(nonEmpty(listOf(certificate), 'certificate'), null),
    redirectToHttps: optional(flag, false),
    proxyProtocol: optional(flag, false),
  })(value, path);
  if (given.redirectToHttps && given.certificates !== null) {
    refuse([...path, 'redirectToHttps'], 'this listener has certificates: redirect from one without.');
  }
  return given;
};

const cacheReader: Reader<GatewayConfig['cache']> = (value, path) => {
  const given = objectOf({
    directory: optional(absolutePath, join(tmpdir(), 'latchkey-gateway')),
    maxSize: optional(byteSize, 10 * GIB),
    maxMemory: optional(byteSize, 128 * 1024 ** 2),
    maxObjects: optional(countOf(1, 10_000_000), 200_000),
    maxObjectSize: optional(byteSize, null),
  })(value, path);
  return {
    directory: given.directory,
    maxBytes: given.maxSize,
    maxMemoryBytes: given.maxMemory,
    maxObjects: given.maxObjects,
    maxObjectBytes: given.maxObjectSize ?? Math.floor(given.maxSize / 4),
  };
};

const absolutePath: Reader<string> = (value, path) => {
  const directory = textOf(/./, 'give the path of a directory')(value, path);
  return isAbsolute(directory)
    ? directory
    : refuse(path, `"${directory}" is relative: give an absolute path.`);
};

const logReader: Reader<GatewayConfig['log']> = objectOf({
  level: optional((value, path) => {
    const level = logLevels.find((name) => name === value);
    return level ?? refuse(path, `${JSON.stringify(value)} is no level: give ${logLevels.join(', ')}.`);
  }, 'info' as const),
  requests: optional(flag, true),
});

const ttlReader: Reader<Ttl> = (value, path) => {
  if (value === 'origin') return value;
  if (typeof value !== 'string' || /\d/.test(value)) return duration(value, path);
  return refuse(path, `${JSON.stringify(value)} is not possible: give origin, or a duration as 1h, or 0.`);
};

function siteReader(environment: Environment): Reader<SiteConfig> {
  const read = objectOf({
    hosts: nonEmpty(listOf(host), 'host name'),
    origin: originReader(environment),
    corsOrigins: optional(listOf(corsOrigin), [] as string[]),
    ttl: optional(ttlReader, null),
    browserTtl: optional(duration, 300_000),
    queryParameters: optional(listOf(textOf(/^/, 'give a name')), null),
    timeout: optional(duration, 30_000),
    connections: optional(countOf(1, 10_000), 128),
  });
  return (value, path) => {
    const { ttl, browserTtl, timeout, queryParameters, ...given } = read(value, path);
    const known = versionParameters[given.origin.type];
    for (const name of queryParameters ?? []) {
      if (!known.includes(name)) refuse([...path, 'queryParameters'], notAVersion(name, known));
    }
    return {
      ...given,
      corsOrigins: given.corsOrigins.includes('*') ? 'any' : given.corsOrigins,
      // A copy of a local file gains nothing.
      ttl: ttl ?? (given.origin.type === 'directory' ? 0 : 3_600_000),
      browserTtlMs: browserTtl,
      queryParameters: queryParameters ?? [...known],
      timeoutMs: timeout,
    };
  };
}

function notAVersion(name: string, known: readonly string[]): string {
  const allowed = known.length === 0 ? 'none' : known.join(', ');
  return `${JSON.stringify(name)} may not go to the origin, for it could change what an answer says or ask for more than an object. Allowed: ${allowed}.`;
}

const host: Reader<string> = (value, path) => {
  const name = typeof value === 'string' && !/:\d+$/.test(value) ? hostName(value) : null;
  return (
    name ??
    refuse(
      path,
      `${JSON.stringify(value)} is no host name: give it without scheme and port, as in data.example.com.`,
    )
  );
};

const corsOrigin: Reader<string> = textOf(
  /^(?:\*|https?:\/\/[a-z0-9.-]+(?::\d+)?|https?:\/\/\[[0-9a-f:]+\](?::\d+)?)$/,
  'give an origin as browsers send it, in lower case and without a path, as in https://latchkey.example.com, or "*"',
);

function checkHosts(sites: readonly SiteConfig[]): void {
  const seen = new Set<string>();
  for (const [index, { hosts }] of sites.entries()) {
    for (const name of hosts) {
      const path: Path = ['sites', index, 'hosts'];
      if (seen.has(name)) refuse(path, `${name} is there twice: a host name belongs to one site.`);
      seen.add(name);
    }
  }
}
