import { describe, expect, it } from 'vitest';
import { toRelyingParty } from './relying-party.js';

describe('toRelyingParty', () => {
  it.each([
    ['https://latchkey.example', 'latchkey.example', 'https://latchkey.example'],
    ['https://Latchkey.Example:8443/app', 'latchkey.example', 'https://latchkey.example:8443'],
    ['http://localhost:8787', 'localhost', 'http://localhost:8787'],
    ['http://latchkey.localhost', 'latchkey.localhost', 'http://latchkey.localhost'],
  ])('takes %s', (address, id, origin) => {
    expect(toRelyingParty(address)).toEqual({ id, origin });
  });

  it.each([
    ['http://latchkey.example', 'passkey_needs_https'],
    ['http://notlocalhost', 'passkey_needs_https'],
    ['http://192.168.1.20:8787', 'passkey_needs_https'],
    ['http://127.0.0.1:8787', 'passkey_needs_host_name'],
    ['http://[::1]:8787', 'passkey_needs_host_name'],
    ['https://192.168.1.20', 'passkey_needs_host_name'],
    ['https://a b', 'passkey_needs_host_name'],
  ])('refuses %s', (address, code) => {
    expect(() => toRelyingParty(address)).toThrow(expect.objectContaining({ code }));
  });
});
