export type PresignErrorCode =
  | 'bad_endpoint'
  | 'bad_bucket'
  | 'bad_key'
  | 'bad_expiry'
  | 'bad_credentials'
  | 'no_credentials';

/** What no URL can be made of. Never holds a credential. */
export class PresignError extends Error {
  override readonly name = 'PresignError';
  readonly code: PresignErrorCode;

  constructor(code: PresignErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

export const MAX_V4_SECONDS = 604_800;

/** @throws {PresignError} `bad_expiry` */
export function checkExpiry(seconds: number, maxSeconds: number): void {
  if (Number.isInteger(seconds) && seconds >= 1 && seconds <= maxSeconds) return;
  const days = Math.floor(maxSeconds / 86_400);
  throw new PresignError(
    'bad_expiry',
    `expiresInSeconds is ${seconds}: give a whole number from 1 to ${maxSeconds} (${days} days).`,
  );
}

/** @throws {PresignError} `no_credentials` */
export function checkAccessKey(key: { accessKeyId: string; secretAccessKey: string }): void {
  if (key.accessKeyId !== '' && key.secretAccessKey !== '') return;
  throw new PresignError('no_credentials', 'The access key id or the secret access key is empty: give both.');
}
