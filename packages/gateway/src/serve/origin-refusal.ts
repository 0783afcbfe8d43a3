import { Refusal, type RefusalCode } from '../http/refusal.js';
import type { OriginError, OriginErrorKind } from '../origin/origin.js';

const refusals: Readonly<Record<OriginErrorKind, readonly [RefusalCode, string]>> = {
  missing: ['object_not_found', 'There is no such object.'],
  denied: [
    'origin_refused',
    'The bucket refused the gateway: the object does not exist, or the key of the gateway may not read it.',
  ],
  key_refused: [
    'origin_key_refused',
    'The bucket does not accept the key of the gateway: correct its configuration.',
  ],
  changed: ['origin_failed', 'The object was replaced meanwhile: try again.'],
  unsatisfiable: ['origin_failed', 'The bucket refused a range that lies within the object.'],
  overloaded: ['origin_overloaded', 'The bucket asks to slow down: try again in a moment.'],
  timed_out: ['origin_timed_out', 'The bucket did not answer in time.'],
  failed: ['origin_failed', 'The bucket gave no usable answer.'],
};

/** What a client is told of a failure of the origin. */
export function toRefusal(error: OriginError): Refusal {
  const [code, message] = refusals[error.kind];
  const headers = code === 'origin_overloaded' ? ['Retry-After', '1'] : [];
  return new Refusal(code, message, { headers, cause: error });
}
