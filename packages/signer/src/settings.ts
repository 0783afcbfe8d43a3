import { SignerConfigError } from './signer-error.js';

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function refuseUnknown(value: Record<string, unknown>, known: readonly string[], at: string): void {
  const unknown = Object.keys(value).find((key) => !known.includes(key));
  if (unknown !== undefined)
    throw new SignerConfigError(`"${at}${unknown}" is not a setting. Known are ${known.join(', ')}.`);
}

/** An absolute http or https URL. */
export function mustHaveUrl(value: unknown, at: string): string {
  const url = typeof value === 'string' ? URL.parse(value) : null;
  if (typeof value === 'string' && (url?.protocol === 'https:' || url?.protocol === 'http:')) return value;
  throw new SignerConfigError(`"${at}" must be a URL such as https://signer.example.com/sign.`);
}

export function readCount(value: unknown, at: string, least: number, most: number): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
  throw new SignerConfigError(`"${at}" must be a whole number from ${least} to ${most}.`);
}
