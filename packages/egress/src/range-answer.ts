import { EgressError } from './egress-error.js';
import type { Answer } from './exchange.js';

export interface RangeAnswer {
  /** 206 comes with the bytes that were asked for, 200 with the whole object, any other status with its reason. */
  readonly status: number;
  /** Fewer than asked for only where the object ends. Of a reason the first 4 KiB. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Size of the whole object in bytes; null where the answer does not say. */
  readonly totalBytes: number | null;
  readonly contentType: string | null;
  /** Changes when the object does. */
  readonly etag: string | null;
}

/** Checks that an answer is what was asked for: bytes from `start` to before `end`. */
export function toRangeAnswer(hostname: string, answer: Answer, start: number, end: number): RangeAnswer {
  const { status, headers } = answer;
  const common = { status, contentType: headers['content-type'] ?? null, etag: headers['etag'] ?? null };
  if (status === 200) return { ...common, ...wholeObject(hostname, answer, start) };
  if (status === 206) return { ...common, ...partOfObject(hostname, answer, start, end) };
  const total =
    status === 416 ? /^bytes \*\/(\d{1,15})$/.exec(headers['content-range'] ?? '')?.[1] : undefined;
  return { ...common, bytes: answer.body, totalBytes: total === undefined ? null : Number(total) };
}

type Content = Pick<RangeAnswer, 'bytes' | 'totalBytes'>;

export const reasonBytes = 4096;
/** A storage that ignores ranges is put up with for objects within this. */
export const wholeObjectBytes = 1024 * 1024;

function wholeObject(hostname: string, { body, isCut }: Answer, start: number): Content {
  if (start === 0 && !isCut) return { bytes: body, totalBytes: body.length };
  throw new EgressError(
    'no_ranges',
    `${hostname} answers with the whole object where a part of it was asked for.`,
  );
}

function partOfObject(
  hostname: string,
  { headers, body, isCut }: Answer,
  start: number,
  end: number,
): Content {
  const given = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15}|\*)$/.exec(headers['content-range'] ?? '');
  const [first, last, total] = given
    ? [Number(given[1]), Number(given[2]), toTotal(given[3])]
    : [-1, -1, null];
  const isAsked = first === start && last >= first && last < end && (total === null || last < total);
  // Shorter than asked for is right only at the end of the object.
  const isWhole = last === end - 1 || last === (total ?? -1) - 1;
  if (isCut || !isAsked || !isWhole || body.length !== last - first + 1)
    throw new EgressError(
      'invalid_answer',
      `${hostname} answers with other bytes than those that were asked for.`,
    );
  return { bytes: body, totalBytes: total };
}

const toTotal = (text: string | undefined): number | null =>
  text === undefined || text === '*' ? null : Number(text);
