import { isIP } from 'node:net';

/** An address of IPv4 as a number of 32 bits, one of IPv6 as a bigint of 128; an IPv4-mapped one is one of IPv4. */
export type Address = number | bigint;

const MAPPED_PREFIX = 0xffffn;

/** Null for what is no address. Octal, hexadecimal and shortened forms and zones are none. */
export function parseAddress(text: string): Address | null {
  const kind = isIP(text);
  if (kind === 4) return parseV4(text);
  if (kind !== 6 || text.includes('%')) return null;
  const address = parseV6(text);
  return address >> 32n === MAPPED_PREFIX ? Number(address & 0xffff_ffffn) : address;
}

function parseV4(text: string): number {
  return text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

/** Only for what `isIP` takes for an address of IPv6. */
export function parseV6(text: string): bigint {
  const [head = '', tail] = text.split('::');
  const left = groupsOf(head);
  const right = tail === undefined ? [] : groupsOf(tail);
  const zeros = new Array<number>(8 - left.length - right.length).fill(0);
  return [...left, ...zeros, ...right].reduce((sum, group) => (sum << 16n) | BigInt(group), 0n);
}

function groupsOf(text: string): number[] {
  if (text === '') return [];
  return text.split(':').flatMap((part) => {
    if (!part.includes('.')) return [Number.parseInt(part, 16)];
    const address = parseV4(part);
    return [Math.floor(address / 65_536), address % 65_536];
  });
}

/** `203.0.113.7`, for a number; the groups in hexadecimal without `::` for a bigint. */
export function formatAddress(address: Address): string {
  if (typeof address === 'number') {
    return [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join('.');
  }
  const groups = Array.from({ length: 8 }, (_, index) => (address >> BigInt(112 - index * 16)) & 0xffffn);
  return groups.map((group) => group.toString(16)).join(':');
}
