import type { RangeAnswer } from './fetch-range.js';
import { ProbeError, type ProbeErrorCode } from './probe-error.js';

const codes: Readonly<Record<number, ProbeErrorCode>> = {
  400: 'forbidden',
  401: 'forbidden',
  403: 'forbidden',
  404: 'not_found',
  410: 'not_found',
};
const maxReasonBytes = 4096;

/** Turns an answer that has no bytes of the object into an error, with the reason that clouds give in its body. */
export async function refuseStatus(answer: RangeAnswer): Promise<never> {
  const reason = await readReason(answer);
  const code = codes[answer.status] ?? 'storage_error';
  const what =
    code === 'forbidden' ? 'refused the URL' : code === 'not_found' ? 'has no such object' : 'failed';
  throw new ProbeError(code, `The storage ${what}: it answered ${answer.status}${reason && ` (${reason})`}.`);
}

/** `<Code>` of S3, Azure and GCS: a word, so that nothing secret is repeated. */
async function readReason({ body }: RangeAnswer): Promise<string> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of body) {
    text += decoder.decode(chunk.subarray(0, maxReasonBytes), { stream: true });
    if (text.length >= maxReasonBytes) break;
  }
  return /<Code>([A-Za-z]{1,60})<\/Code>/.exec(text)?.[1] ?? '';
}
