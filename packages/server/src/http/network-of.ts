import ipaddr from 'ipaddr.js';

/** Of IPv6 a connection has a network of at least so many bits to choose addresses from. */
const bitsOfIpv6 = 64;

/**
 * What tells a client from others: its address of IPv4, or its network of IPv6. Some proxies write the port of the
 * client behind its address. What is no address stays as it is.
 */
export function networkOf(address: string): string {
  const [, bracketed] = /^\[([^\]]+)\](?::\d{1,5})?$/.exec(address) ?? [];
  const [, dotted] = /^(\d{1,3}(?:\.\d{1,3}){3}):\d{1,5}$/.exec(address) ?? [];
  const plain = bracketed ?? dotted ?? address;
  if (!ipaddr.isValid(plain)) return plain;
  const parsed = ipaddr.process(plain);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toString()}/${bitsOfIpv6}`).toString()}/${bitsOfIpv6}`;
}
