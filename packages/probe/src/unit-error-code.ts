import type { ErrorCode } from '@latchkey/contract/errors';
import type { ProbeErrorCode } from './probe-error.js';

/** The error of a unit whose object could not be measured. */
export const measureErrorCodes = {
  wrong_type: 'media_wrong_type',
  unsupported: 'media_unsupported',
  corrupt: 'media_corrupt',
  truncated: 'media_truncated',
  empty: 'media_empty',
  encrypted: 'media_encrypted',
  too_many_bytes: 'media_too_many_bytes',
  timed_out: 'media_timed_out',
  forbidden: 'object_forbidden',
  not_found: 'object_not_found',
  no_ranges: 'object_no_ranges',
  storage_error: 'object_storage_error',
  unreachable: 'object_unreachable',
  refused_address: 'object_address_refused',
} as const satisfies Record<ProbeErrorCode, ErrorCode>;
