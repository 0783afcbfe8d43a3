import { isIP } from 'node:net';

/** A check of one value: what is wrong with it, or null. The module checks again; here it costs no `terraform plan`. */
type Rule = (value: string) => string | null;

export const matches =
  (pattern: RegExp, allowed: string): Rule =>
  (value) =>
    pattern.test(value) ? null : `is not ${allowed}`;

export const oneOf =
  (...allowed: readonly string[]): Rule =>
  (value) =>
    allowed.includes(value) ? null : `is not ${allowed.join(' or ')}`;

const domainPattern = /^([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\.)+[a-z][-a-z0-9]*[a-z0-9]$/;
export const isDomain = matches(domainPattern, 'a lower-case host name without https:// and path');

/** Google issues certificates for names of at most so many characters. */
export const isCertificateDomain: Rule = (value) =>
  value.length > 63 ? 'is longer than the 63 characters of a managed certificate' : isDomain(value);

export const isOrigin = matches(
  /^https?:\/\/[a-z0-9.-]+(:[0-9]+)?$/,
  'an origin: scheme and host, without path or final slash',
);

/** Wider networks are no allow-list; S3 counts a policy that names one as public. */
const widest = { 4: 8, 6: 32 } as const;

export const isNetwork: Rule = (value) => {
  const [address = '', prefix] = value.split('/');
  const family = isIP(address);
  if (family !== 4 && family !== 6) return 'is no address or network in CIDR notation';
  const bits = family === 4 ? 32 : 128;
  const length = prefix === undefined ? bits : /^\d{1,3}$/.test(prefix) ? Number(prefix) : bits + 1;
  if (length > bits) return `has no prefix from 0 to ${bits}`;
  return length < widest[family] ? `is wider than /${widest[family]}, which is no allow-list` : null;
};

export const isIpv4Network: Rule = (value) =>
  value.includes(':') ? 'is IPv6, which this storage does not tell apart' : isNetwork(value);

const privateNetwork = /^(10\.|192\.168\.|172\.(1[6-9]|2[0-9]|3[01])\.|127\.|169\.254\.)/;

export const isPublicIpv4Network: Rule = (value) =>
  privateNetwork.test(value)
    ? 'is private: give the public address that your network goes out by'
    : isIpv4Network(value);
