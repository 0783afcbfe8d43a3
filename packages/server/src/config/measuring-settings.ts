import { publicAddressesAnd } from '@latchkey/egress/address-rules';
import type { ObjectMeasurerOptions } from '@latchkey/measuring/object-measurer';
import { ConfigError, type Environment, readCount } from './settings.js';

/** How the worker measures units without media metadata, where the integration is not strict. */
export type MeasuringConfig = ObjectMeasurerOptions;

export interface MeasuringSettings {
  /** Ranges of addresses (CIDR) beside the public ones that may be connected to, whatever for. */
  readonly egressRanges: readonly string[];
  /** Null: nothing is measured; units without media metadata are registered without. */
  readonly measuring: MeasuringConfig | null;
}

export function readMeasuringSettings(environment: Environment): MeasuringSettings {
  const egressRanges = readRanges(environment['LATCHKEY_EGRESS_ALLOW']);
  const measuring: MeasuringConfig = {
    allowedRanges: egressRanges,
    concurrency: readCount(environment, 'LATCHKEY_PROBE_CONCURRENCY', 32, 1024),
    maxBytes: readCount(environment, 'LATCHKEY_PROBE_MAX_BYTES', 16 * 1024 * 1024, 1024 ** 3),
    timeoutMs: 1000 * readCount(environment, 'LATCHKEY_PROBE_TIMEOUT_SECONDS', 30, 600),
  };
  return { egressRanges, measuring: readSwitch(environment['LATCHKEY_PROBE']) ? measuring : null };
}

function readSwitch(value = ''): boolean {
  const text = value.trim() || 'on';
  if (text === 'on' || text === 'off') return text === 'on';
  throw new ConfigError('LATCHKEY_PROBE must be on or off.');
}

function readRanges(value = ''): string[] {
  const ranges = value.split(/[\s,]+/).filter((range) => range !== '');
  try {
    publicAddressesAnd(ranges);
    return ranges;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new ConfigError(
      'LATCHKEY_EGRESS_ALLOW must be ranges of addresses, such as 10.0.0.0/8 or fd00::/8, separated by commas.',
    );
  }
}
