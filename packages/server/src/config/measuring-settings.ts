import type { ObjectMeasurerOptions } from '@latchkey/measuring/object-measurer';
import { readAddressRanges } from './address-ranges.js';
import { type Environment, readCount, readSwitch } from './settings.js';

/** How the worker measures units without media metadata, where the integration is not strict. */
export type MeasuringConfig = ObjectMeasurerOptions;

export interface MeasuringSettings {
  /** Ranges of addresses (CIDR) beside the public ones that may be connected to, whatever for. */
  readonly egressRanges: readonly string[];
  /** Null: nothing is measured; units without media metadata are registered without. */
  readonly measuring: MeasuringConfig | null;
}

export function readMeasuringSettings(environment: Environment): MeasuringSettings {
  const egressRanges = readAddressRanges(environment, 'LATCHKEY_EGRESS_ALLOW');
  const measuring: MeasuringConfig = {
    allowedRanges: egressRanges,
    concurrency: readCount(environment, 'LATCHKEY_PROBE_CONCURRENCY', 32, 1024),
    maxBytes: readCount(environment, 'LATCHKEY_PROBE_MAX_BYTES', 16 * 1024 * 1024, 1024 ** 3),
    timeoutMs: 1000 * readCount(environment, 'LATCHKEY_PROBE_TIMEOUT_SECONDS', 30, 600),
  };
  return { egressRanges, measuring: readSwitch(environment, 'LATCHKEY_PROBE', 'on') ? measuring : null };
}
