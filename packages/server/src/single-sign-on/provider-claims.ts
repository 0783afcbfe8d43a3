import type { SingleSignOnConfig } from '../config/single-sign-on-settings.js';
import { isStorable } from '../http/stored-text.js';

/** What the provider says of a person. */
export interface ProviderClaims {
  readonly issuer: string;
  readonly subject: string;
  readonly email: string | null;
  readonly isEmailVerified: boolean;
  /** Empty: not told. */
  readonly name: string;
  readonly groups: readonly string[];
}

type Claims = Readonly<Record<string, unknown>>;

const longestName = 200;
const longestEmail = 320;

/** `claims` are those of the ID token, and of the user info where the token lacks them. */
export function toProviderClaims(
  { issuer, subject }: { readonly issuer: string; readonly subject: string },
  claims: Claims,
  { groupsClaim, trustsEmail }: Pick<SingleSignOnConfig, 'groupsClaim' | 'trustsEmail'>,
): ProviderClaims {
  const email = textOf(claims['email']).trim();
  const isEmail = email.length <= longestEmail && /^[^\s@]+@[^\s@]+$/.test(email);
  return {
    issuer,
    subject,
    email: isEmail ? email.toLowerCase() : null,
    isEmailVerified: isVerified(claims['email_verified'], trustsEmail),
    name: textOf(claims['name']).trim().slice(0, longestName),
    groups: [claims[groupsClaim]]
      .flat()
      .map(textOf)
      .filter((group) => group !== ''),
  };
}

/** Some providers write a truth as a text, and some say nothing of addresses that they have given out themselves. */
function isVerified(claim: unknown, trustsEmail: boolean): boolean {
  return claim === undefined ? trustsEmail : claim === true || claim === 'true';
}

const textOf = (claim: unknown): string => (typeof claim === 'string' && isStorable(claim) ? claim : '');
