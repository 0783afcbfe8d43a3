import { Secret, TOTP } from 'otpauth';

const secretBytes = 20;
const recoveryCodeBytes = 10;
const recoveryCodeCount = 10;
const period = 30;
/** Of the clock of the device, in periods, before and after. */
const tolerance = 1;

const totpOf = (secret: string, label = ''): TOTP =>
  new TOTP({ issuer: 'Latchkey', label, secret: Secret.fromBase32(secret), period });

/** In base32. */
export const newSecret = (): string => new Secret({ size: secretBytes }).base32;

/** What the QR code says. */
export const enrolmentUri = (secret: string, email: string): string => totpOf(secret, email).toString();

/** The time step that a code is of; null for a code of none that may be given at this time. */
export function stepOf(secret: string, code: string, now: number): number | null {
  const delta = totpOf(secret).validate({ token: code, timestamp: now, window: tolerance });
  return delta === null ? null : Math.floor(now / 1000 / period) + delta;
}

/** 80 random bits each, in groups of four. */
export const newRecoveryCodes = (): string[] =>
  Array.from({ length: recoveryCodeCount }, () =>
    new Secret({ size: recoveryCodeBytes }).base32.replace(/(.{4})(?=.)/g, '$1-'),
  );

/** As people may write it: with spaces or dashes, in lower case. */
export const plainCode = (code: string): string => code.replace(/[\s-]/g, '').toUpperCase();

export const isTimeCode = (plain: string): boolean => /^\d{6}$/.test(plain);
