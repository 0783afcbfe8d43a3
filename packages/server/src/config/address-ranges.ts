import { publicAddressesAnd } from '@latchkey/egress/address-rules';
import { ConfigError, type Environment, readList } from './settings.js';

/** Ranges of addresses (CIDR) that may be connected to beside the public ones. */
export function readAddressRanges(environment: Environment, name: string): string[] {
  const ranges = readList(environment[name], /[\s,]+/);
  try {
    publicAddressesAnd(ranges);
    return ranges;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new ConfigError(
      `${name} must be ranges of addresses, such as 10.0.0.0/8 or fd00::/8, separated by commas.`,
    );
  }
}
