import { ApiError } from '@latchkey/sdk/errors';

const refusals = {
  passkey_needs_https: [
    'Passkeys need https, and this page came without.',
    'Open Latchkey at its https address. On the machine that it runs on, http://localhost will do.',
  ],
  passkey_unsupported: [
    'This browser or device has no passkeys that check who you are.',
    'Set up a PIN, fingerprint or face on the device, or use another browser.',
  ],
  passkey_cancelled: ['The passkey was not used: you or the device cancelled.', 'Try again when you like.'],
  passkey_timed_out: ['The passkey was not used in time.', 'Try again, and confirm within five minutes.'],
  passkey_taken: ['This device has a passkey of yours already.', 'Use it, or choose another device.'],
  passkey_wrong_origin: [
    'Passkeys of this server are for another address than that of this page.',
    'Open Latchkey at its own address; LATCHKEY_PUBLIC_URL has to be the one that browsers show.',
  ],
} as const;

/** What the browser refuses before the server is asked, in the form of its refusals. */
export function refusalOf(code: keyof typeof refusals, cause?: unknown): ApiError {
  const [message, hint] = refusals[code];
  return new ApiError({ status: 0, code, message, hint, cause });
}

/** By the names of exceptions that the standard has; browsers do not say whether somebody cancelled or time was up. */
const codes: Readonly<Record<string, keyof typeof refusals>> = {
  AbortError: 'passkey_cancelled',
  NotAllowedError: 'passkey_cancelled',
  InvalidStateError: 'passkey_taken',
  SecurityError: 'passkey_wrong_origin',
  ConstraintError: 'passkey_unsupported',
  NotSupportedError: 'passkey_unsupported',
};

/** What the browser's dialog ended with. */
export function dialogError(error: unknown, isTimeUp: boolean): unknown {
  const code = error instanceof Error ? codes[error.name] : undefined;
  if (code === undefined) return error;
  return refusalOf(code === 'passkey_cancelled' && isTimeUp ? 'passkey_timed_out' : code, error);
}
