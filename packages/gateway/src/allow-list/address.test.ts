import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatAddress, parseAddress } from './address.js';
import { canonicalRange, parseAddressRange } from './address-range.js';
import { AddressTable } from './address-table.js';

const table = (...ranges: string[]) =>
  new AddressTable(ranges.map((range) => parseAddressRange(range, true)));

describe('addresses', () => {
  it.each([
    '010.1.2.3',
    '0x0a.1.2.3',
    '1.2.3',
    '1.2.3.4.5',
    '256.1.1.1',
    '',
    'localhost',
    'fe80::1%eth0',
    '::ffff:1.2.3',
    '1::2::3',
    '127.0.0.1 ',
  ])('takes "%s" for none', (text) => {
    expect(parseAddress(text)).toBeNull();
  });

  it('takes an IPv4-mapped address of IPv6 for one of IPv4, however it is written', () => {
    for (const text of ['::ffff:203.0.113.7', '::FFFF:cb00:7107', '0:0:0:0:0:ffff:cb00:7107']) {
      expect(parseAddress(text)).toBe(parseAddress('203.0.113.7'));
    }
  });

  it('reads every address of IPv6 that it writes', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n << 48n, max: (1n << 128n) - 1n }), (address) => {
        expect(parseAddress(formatAddress(address))).toBe(address);
        expect(parseAddress(canonicalRange({ first: address, last: address, bits: 128 }))).toBe(address);
      }),
    );
  });
});

describe('ranges', () => {
  it.each([
    ['10.0.0.5/8', '10.0.0.0/8'],
    ['10.0.0.0/33', '203.0.113.7'],
    ['10.0.0.0/', '203.0.113.7'],
    ['10.0.0.0/8/8', '203.0.113.7'],
    ['0.0.0.0/0', 'allowWideRanges'],
    ['2000::/3', 'allowWideRanges'],
    ['example.com', '203.0.113.7'],
  ])('refuses %s and says what is meant', (text, hint) => {
    expect(() => parseAddressRange(text)).toThrow(hint);
  });

  it('writes a range in one spelling', () => {
    expect(canonicalRange(parseAddressRange('2001:0DB8:0:0::/48'))).toBe('2001:db8::/48');
    expect(canonicalRange(parseAddressRange('::ffff:10.0.0.0/104'))).toBe('10.0.0.0/8');
    expect(canonicalRange(parseAddressRange('203.0.113.7/32'))).toBe('203.0.113.7');
  });
});

describe('the table', () => {
  it('has the first and the last address of a range, and none beside', () => {
    const ranges = table('10.0.0.0/8', '192.168.1.0/24', '2001:db8::/48');
    for (const address of [
      '10.0.0.0',
      '10.255.255.255',
      '192.168.1.0',
      '::ffff:10.1.1.1',
      '2001:db8:0:ffff::1',
    ]) {
      expect(ranges.hasText(address)).toBe(true);
    }
    for (const address of [
      '9.255.255.255',
      '11.0.0.0',
      '192.168.2.0',
      '2001:db8:1::',
      '::10.0.0.1',
      'x',
      '',
    ]) {
      expect(ranges.hasText(address)).toBe(false);
    }
  });

  it('agrees with a look at each range, for any ranges', () => {
    const range = fc
      .tuple(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.integer({ min: 4, max: 32 }))
      .map(([address, bits]) => {
        const size = 2 ** (32 - bits);
        return `${formatAddress(address - (address % size))}/${bits}`;
      });
    fc.assert(
      fc.property(
        fc.array(range, { maxLength: 20 }),
        fc.integer({ min: 0, max: 2 ** 32 - 1 }),
        (ranges, address) => {
          const isIn = ranges
            .map((text) => parseAddressRange(text, true))
            .some(({ first, last }) => address >= first && address <= last);
          expect(table(...ranges).has(address)).toBe(isIn);
        },
      ),
    );
  });
});
