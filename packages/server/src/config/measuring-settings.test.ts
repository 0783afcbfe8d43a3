import { describe, expect, it } from 'vitest';
import { readMeasuringSettings } from './measuring-settings.js';
import { ConfigError } from './settings.js';

describe('readMeasuringSettings', () => {
  it('measures by default, and connects to no private address', () => {
    expect(readMeasuringSettings({}).measuring).toEqual({
      allowedRanges: [],
      concurrency: 32,
      maxBytes: 16 * 1024 * 1024,
      timeoutMs: 30_000,
    });
  });

  it('reads ranges of addresses, by commas or spaces', () => {
    const { measuring } = readMeasuringSettings({
      LATCHKEY_EGRESS_ALLOW: ' 10.0.0.0/8, fd00::/8  172.16.0.1/32,',
    });
    expect(measuring?.allowedRanges).toEqual(['10.0.0.0/8', 'fd00::/8', '172.16.0.1/32']);
  });

  it('measures nothing when it is switched off', () => {
    expect(readMeasuringSettings({ LATCHKEY_PROBE: 'off' })).toEqual({ egressRanges: [], measuring: null });
  });

  it.each([
    ['LATCHKEY_PROBE', 'no'],
    ['LATCHKEY_EGRESS_ALLOW', '10.0.0.300/8'],
    ['LATCHKEY_EGRESS_ALLOW', '10.0.0.1'],
    ['LATCHKEY_EGRESS_ALLOW', 'storage.example'],
    ['LATCHKEY_PROBE_CONCURRENCY', '0'],
    ['LATCHKEY_PROBE_MAX_BYTES', 'much'],
    ['LATCHKEY_PROBE_TIMEOUT_SECONDS', '-1'],
  ])('refuses %s=%s, naming the variable and not the value', (name, value) => {
    const read = (): unknown => readMeasuringSettings({ LATCHKEY_PROBE: 'off', [name]: value });
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(
      expect.objectContaining({ message: expect.stringMatching(new RegExp(`^${name} must be`)) }),
    );
    if (value.length > 2) expect(read).not.toThrow(value);
  });
});
