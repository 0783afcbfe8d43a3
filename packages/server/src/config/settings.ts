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
