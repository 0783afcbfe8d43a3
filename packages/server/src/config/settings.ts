export type Environment = Readonly<Record<string, string | undefined>>;

/** A setting that the server can't start with. Names the variable and what is allowed, never the value given. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** A whole number from 1 to `max`, or the default where the variable is not set. */
export function readCount(environment: Environment, name: string, byDefault: number, max: number): number {
  const text = environment[name]?.trim();
  if (!text) return byDefault;
  const count = Number(text);
  if (/^\d{1,16}$/.test(text) && count >= 1 && count <= max) return count;
  throw new ConfigError(`${name} must be a whole number from 1 to ${max}.`);
}

export function readSwitch(environment: Environment, name: string, byDefault: 'on' | 'off'): boolean {
  const text = environment[name]?.trim() || byDefault;
  if (text === 'on' || text === 'off') return text === 'on';
  throw new ConfigError(`${name} must be on or off.`);
}

/** What stands between commas, or between spaces as well. */
export const readList = (value = '', separator = /,/): string[] =>
  value
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== '');
