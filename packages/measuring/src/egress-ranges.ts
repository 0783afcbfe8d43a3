import type { EgressClient } from '@latchkey/egress/egress-client';
import { EgressError, type EgressErrorCode } from '@latchkey/egress/egress-error';
import type { FetchRange } from '@latchkey/probe/fetch-range';
import { ProbeError, type ProbeErrorCode } from '@latchkey/probe/probe-error';

const codes: Readonly<Record<EgressErrorCode, ProbeErrorCode>> = {
  refused_url: 'refused_address',
  refused_scheme: 'refused_address',
  refused_address: 'refused_address',
  refused_port: 'refused_address',
  too_many_redirects: 'storage_error',
  unreachable: 'unreachable',
  timed_out: 'timed_out',
  too_many_bytes: 'too_many_bytes',
  no_ranges: 'no_ranges',
  invalid_answer: 'storage_error',
};

/** Ranges of one object, by the client that guards where they come from. */
export function egressRanges(client: EgressClient, url: string): FetchRange {
  return async (start, endInclusive, signal) => {
    const { status, bytes, totalBytes, contentType } = await client
      .fetchRange(url, start, endInclusive + 1, signal)
      .catch((error: unknown) => {
        if (!(error instanceof EgressError)) throw error;
        throw new ProbeError(codes[error.code], error.message, { cause: error });
      });
    return {
      status,
      contentRange: contentRange(status, start, bytes.length, totalBytes),
      contentLength: String(bytes.length),
      contentType,
      body: once(bytes),
    };
  };
}

function contentRange(status: number, start: number, length: number, total: number | null): string | null {
  if (status === 206) return `bytes ${start}-${start + length - 1}/${total ?? '*'}`;
  return status === 416 && total !== null ? `bytes */${total}` : null;
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
