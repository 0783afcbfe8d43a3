import { expect, test } from 'vitest';
import { readRequestSettings } from './request-settings.js';
import { ConfigError } from './settings.js';

test('bounds users and addresses by default, and believes no proxy', () => {
  expect(readRequestSettings({})).toEqual({
    trustedProxies: [],
    userRequestsPerSecond: 200,
    addressRequestsPerSecond: 20,
  });
});

test('reads proxies as addresses, ranges and names, and limits that are off', () => {
  const settings = readRequestSettings({
    LATCHKEY_TRUSTED_PROXIES: ' 10.0.0.7, fd00::/8 loopback,',
    LATCHKEY_USER_REQUESTS_PER_SECOND: 'off',
    LATCHKEY_ADDRESS_REQUESTS_PER_SECOND: '5',
  });
  expect(settings).toEqual({
    trustedProxies: ['10.0.0.7', 'fd00::/8', 'loopback'],
    userRequestsPerSecond: null,
    addressRequestsPerSecond: 5,
  });
});

test.each([
  ['LATCHKEY_TRUSTED_PROXIES', '10.0.0.300'],
  ['LATCHKEY_TRUSTED_PROXIES', '10.0.0.0/33'],
  ['LATCHKEY_TRUSTED_PROXIES', 'proxy.example'],
  ['LATCHKEY_USER_REQUESTS_PER_SECOND', '0'],
  ['LATCHKEY_ADDRESS_REQUESTS_PER_SECOND', 'none'],
])('refuses %s=%s, naming the variable and not the value', (name, value) => {
  const read = (): unknown => readRequestSettings({ [name]: value });
  expect(read).toThrow(ConfigError);
  expect(read).toThrow(
    expect.objectContaining({ message: expect.stringMatching(new RegExp(`^${name} must be`)) }),
  );
  if (value.length > 2) expect(read).not.toThrow(value);
});
