import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Range = readonly [Address, number];

/** Whether a connection to an address may be made. */
export type AddressRule = (address: string) => boolean;

export const anyAddress: AddressRule = () => true;

/** Of the world's addresses, those that answer the machines of a cloud alone. */
const serviceAddresses = ['168.63.129.16'];

const global6: Range = [ipaddr.parse('2000::'), 3];

/**
 * Public addresses, and those within the ranges (CIDR). Private, loopback, link-local (where clouds keep their
 * metadata), shared, multicast and reserved addresses are no public ones, nor are IPv6 addresses that stand for one of
 * IPv4 by way of a translator: 6to4, Teredo, NAT64.
 *
 * @throws {TypeError} for what is no range
 */
export function publicAddressesAnd(ranges: readonly string[]): AddressRule {
  const allowed = ranges.map(parseRange);
  return (text) => {
    if (!ipaddr.isValid(text)) return false;
    // An address of IPv4 written as one of IPv6 is one of IPv4.
    const address = ipaddr.process(text);
    return isPublic(address) || allowed.some((range) => isWithin(address, range));
  };
}

function parseRange(text: string): Range {
  try {
    const [address, bits] = ipaddr.parseCIDR(text);
    if (!(address instanceof ipaddr.IPv6) || !address.isIPv4MappedAddress()) return [address, bits];
    return [address.toIPv4Address(), Math.max(0, bits - 96)];
  } catch (cause) {
    throw new TypeError('A range of addresses is written as 10.0.0.0/8 or fd00::/8.', { cause });
  }
}

function isPublic(address: Address): boolean {
  if (address.range() !== 'unicast' || serviceAddresses.includes(address.toString())) return false;
  return address.kind() === 'ipv4' || isWithin(address, global6);
}

const isWithin = (address: Address, [base, bits]: Range): boolean =>
  address.kind() === base.kind() && address.match(base, bits);
