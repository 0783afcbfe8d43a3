import { describe, expect, it } from 'vitest';
import { publicAddressesAnd } from './address-rules.js';

const isPublic = publicAddressesAnd([]);

describe('without ranges', () => {
  it.each(['8.8.8.8', '52.218.0.1', '2606:4700::1111', '::ffff:8.8.8.8'])('%s is allowed', (address) => {
    expect(isPublic(address)).toBe(true);
  });

  it.each([
    ['unspecified', '0.0.0.0'],
    ['unspecified', '0.1.2.3'],
    ['loopback', '127.0.0.1'],
    ['loopback', '127.255.255.254'],
    ['private', '10.1.2.3'],
    ['private', '172.31.0.1'],
    ['private', '192.168.1.1'],
    ['link-local', '169.254.169.254'],
    ['shared', '100.64.0.1'],
    ['metadata in the shared range', '100.100.100.200'],
    ['the service of a cloud', '168.63.129.16'],
    ['special', '192.0.0.192'],
    ['benchmarks', '198.18.0.1'],
    ['multicast', '224.0.0.1'],
    ['reserved', '240.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['unspecified', '::'],
    ['loopback', '::1'],
    ['mapped loopback', '::ffff:127.0.0.1'],
    ['mapped loopback', '::ffff:7f00:1'],
    ['mapped link-local', '::ffff:a9fe:a9fe'],
    ['compatible loopback', '::127.0.0.1'],
    ['translated loopback', '::ffff:0:127.0.0.1'],
    ['NAT64 of loopback', '64:ff9b::7f00:1'],
    ['NAT64 of a private network', '64:ff9b:1::a00:1'],
    ['6to4 of loopback', '2002:7f00:1::'],
    ['Teredo', '2001::1'],
    ['unique local', 'fd00:ec2::254'],
    ['link-local', 'fe80::1'],
    ['link-local with a zone', 'fe80::1%eth0'],
    ['site-local', 'fec0::1'],
    ['multicast', 'ff02::1'],
    ['documentation', '2001:db8::1'],
    ['not assigned', '4000::1'],
    ['no address', 'localhost'],
    ['no address', ''],
  ])('%s is refused: %s', (_, address) => {
    expect(isPublic(address)).toBe(false);
  });
});

describe('with ranges', () => {
  const allows = publicAddressesAnd(['10.20.0.0/16', 'fd12::/16', '::ffff:172.16.0.0/112']);

  it.each(['10.20.0.1', '::ffff:10.20.255.255', 'fd12:3::4', '172.16.0.1', '8.8.8.8'])(
    '%s is allowed',
    (address) => {
      expect(allows(address)).toBe(true);
    },
  );

  it.each(['10.21.0.1', 'fd13::1', '127.0.0.1', '172.17.0.1', '64:ff9b::a14:1'])(
    '%s is refused',
    (address) => {
      expect(allows(address)).toBe(false);
    },
  );

  it.each(['10.0.0.0', '10.0.0.0/33', 'private', '', '10.0.0.0/8/8'])('refuses "%s" as a range', (range) => {
    expect(() => publicAddressesAnd([range])).toThrow(TypeError);
  });
});
