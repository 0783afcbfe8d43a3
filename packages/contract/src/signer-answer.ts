import { type RefusedObject, type SignedObject, signerProtocolVersion } from './signer-protocol.js';

/** Each object of the request with what the signer says of it. */
export type AnsweredObject = SignedObject | RefusedObject;

/** A signer's answer is not what the protocol says. The message holds nothing of a URL. */
export class MalformedAnswerError extends Error {
  override readonly name = 'MalformedAnswerError';
}

/** Reads the body of a 200. Throws `MalformedAnswerError`. */
export function readSignerAnswer(body: unknown, objects: readonly string[]): AnsweredObject[] {
  if (!isRecord(body)) throw new MalformedAnswerError('It is not a JSON object.');
  if (body['version'] !== signerProtocolVersion)
    throw new MalformedAnswerError(`Its "version" is not ${signerProtocolVersion}.`);
  const answered = body['objects'];
  if (!Array.isArray(answered)) throw new MalformedAnswerError('It has no list "objects".');
  if (answered.length !== objects.length)
    throw new MalformedAnswerError(
      `It has ${answered.length} objects; ${objects.length} were asked for, and each must be in it once.`,
    );
  return objects.map((object, index) => readObject(answered[index], object, index));
}

function readObject(value: unknown, object: string, index: number): AnsweredObject {
  const at = `objects[${index}]`;
  if (!isRecord(value)) throw new MalformedAnswerError(`${at} is not an object.`);
  if (value['object'] !== object)
    throw new MalformedAnswerError(`${at}.object is not the object at this place of the request.`);
  const { error } = value;
  if (isRecord(error) && typeof error['code'] === 'string' && typeof error['message'] === 'string')
    return { object, error: { code: error['code'], message: error['message'] } };
  const { url, expiresAt } = value;
  if (typeof url !== 'string' || !/^https?:\/\/[^\s]+$/.test(url))
    throw new MalformedAnswerError(
      `${at} has neither a "url" of https nor an "error" with code and message.`,
    );
  if (typeof expiresAt !== 'string' || Number.isNaN(Date.parse(expiresAt)))
    throw new MalformedAnswerError(`${at}.expiresAt is not a moment such as 2026-03-01T12:15:00Z.`);
  return { object, url, expiresAt };
}

/** Code and message of a refused request, as far as it has any. */
export function readSignerRefusal(body: unknown): { code: string; message: string } | null {
  const error = isRecord(body) ? body['error'] : null;
  if (!isRecord(error) || typeof error['code'] !== 'string') return null;
  return { code: error['code'], message: typeof error['message'] === 'string' ? error['message'] : '' };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
