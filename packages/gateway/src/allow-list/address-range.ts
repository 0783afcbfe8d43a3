import { isIP } from 'node:net';
import { type Address, formatAddress, parseAddress, parseV6 } from './address.js';

/** First and last address, both included. */
export interface AddressRange {
  first: Address;
  last: Address;
  /** Length of the prefix: up to 32 for IPv4, up to 128 for IPv6. */
  bits: number;
}

/** Says what was given and what is allowed; to be put behind the place of the range. */
export class AddressRangeError extends Error {
  override readonly name = 'AddressRangeError';
}

/** Wider ranges are refused unless they are asked for: they are nearly always a slip. */
const WIDEST = { v4: 8, v6: 32 };

/**
 * Reads `203.0.113.7`, `10.0.0.0/8` or `2001:db8::/48`.
 * @param mayBeWide whether ranges wider than /8 (IPv4) or /32 (IPv6) are allowed
 * @throws {AddressRangeError}
 */
export function parseAddressRange(text: string, mayBeWide = false): AddressRange {
  const [address = '', prefix, ...rest] = text.trim().split('/');
  const base = parseAddress(address);
  if (base === null || rest.length > 0) throw notARange(text);
  const width = typeof base === 'number' ? 32 : 128;
  const bits = prefix === undefined ? width : prefixBits(text, address, prefix, width);
  const range = rangeOf(base, bits, width);
  if (range.first !== base) {
    const meant = `${formatAddress(range.first)}/${bits}`;
    throw new AddressRangeError(
      `"${text}" has bits set behind its prefix: write ${meant} for the range, or ${address} for the one address.`,
    );
  }
  const widest = width === 32 ? WIDEST.v4 : WIDEST.v6;
  if (bits < widest && !mayBeWide) {
    throw new AddressRangeError(
      `"${text}" is wider than /${widest}: list narrower ranges, or set allowWideRanges: true if so much of the internet is meant.`,
    );
  }
  return range;
}

/** An IPv4-mapped range such as `::ffff:10.0.0.0/104` counts its prefix as one of IPv6. */
function prefixBits(text: string, address: string, prefix: string, width: number): number {
  const given = /^\d{1,3}$/.test(prefix) ? Number(prefix) : -1;
  const isMapped = width === 32 && isIP(address) === 6;
  const bits = isMapped ? given - 96 : given;
  if (bits < 0 || bits > width) throw notARange(text);
  return bits;
}

function rangeOf(base: Address, bits: number, width: number): AddressRange {
  if (typeof base === 'number') {
    const size = 2 ** (width - bits);
    const first = base - (base % size);
    return { first, last: first + size - 1, bits };
  }
  const size = 1n << BigInt(width - bits);
  const first = base - (base % size);
  return { first, last: first + size - 1n, bits };
}

function notARange(text: string): AddressRangeError {
  return new AddressRangeError(
    `"${text}" is neither an address nor a range: write 203.0.113.7, 10.0.0.0/8 or 2001:db8::/48.`,
  );
}

/** The range in one spelling, so that two spellings of it compare equal. */
export function canonicalRange({ first, bits }: AddressRange): string {
  const width = typeof first === 'number' ? 32 : 128;
  const address = typeof first === 'number' ? formatAddress(first) : shorten(first);
  return bits === width ? address : `${address}/${bits}`;
}

/** With the longest run of zero groups as `::`. */
function shorten(address: bigint): string {
  const text = formatAddress(address);
  const runs = text.match(/(?:^|:)0(?::0)+(?=:|$)/g) ?? [];
  const longest = runs.reduce((best, run) => (run.length > best.length ? run : best), '');
  if (longest === '') return text;
  const at = text.indexOf(longest);
  const short = `${text.slice(0, at)}::${text.slice(at + longest.length + 1)}`;
  return parseV6(short) === address ? short : text;
}
