import { readFileSync } from 'node:fs';
import { type Path, type Reader, refuse } from './readers.js';

const sizeUnits: Readonly<Record<string, number>> = {
  '': 1,
  B: 1,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KiB: 1024,
  MiB: 1024 ** 2,
  GiB: 1024 ** 3,
  TiB: 1024 ** 4,
};
const durationUnits: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** `10 GiB`, `500MB`, or a number of bytes. */
export const byteSize: Reader<number> = (value, path) => {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?) ?([A-Za-z]*)$/.exec(String(value)) ?? [];
  const factor = sizeUnits[unit];
  if (number !== undefined && factor !== undefined) return Math.floor(Number(number) * factor);
  return refuse(
    path,
    `${JSON.stringify(value)} is no size: give bytes, or a number with KB, MB, GB, TB, KiB, MiB, GiB or TiB.`,
  );
};

/** `30s`, `5m`, `1h`, `7d` or 0, in milliseconds. */
export const duration: Reader<number> = (value, path) => {
  if (value === 0) return 0;
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?) ?(ms|s|m|h|d)$/.exec(String(value)) ?? [];
  const factor = durationUnits[unit];
  if (number !== undefined && factor !== undefined) return Math.floor(Number(number) * factor);
  return refuse(
    path,
    `${JSON.stringify(value)} is no duration: give a number with ms, s, m, h or d, as in 1h, or 0.`,
  );
};

export interface ListenAddress {
  host: string;
  port: number;
}

/** `127.0.0.1:8080`, `[::]:443`. Port 0 takes a free one. */
export const listenAddress: Reader<ListenAddress> = (value, path) => {
  const [, bracketed, plain, port] =
    /^(?:\[([0-9a-fA-F:.]+)\]|([A-Za-z0-9.-]+)):(\d{1,5})$/.exec(String(value)) ?? [];
  const host = bracketed ?? plain;
  if (host !== undefined && Number(port) <= 65_535) return { host, port: Number(port) };
  return refuse(
    path,
    `${JSON.stringify(value)} is no address to listen on: give host and port, as in 0.0.0.0:8443 or [::]:8443.`,
  );
};

export type Environment = Readonly<Record<string, string | undefined>>;

/** `{ env: NAME }` or `{ file: /path }`: a secret does not stand in the configuration itself. */
export function secretFrom(environment: Environment): Reader<string> {
  return (value, path) => {
    const secret = readSecret(value, path, environment).trim();
    return secret === '' ? refuse(path, 'the secret is empty where it is kept.') : secret;
  };
}

const FORMS = 'give { env: NAME } or { file: /path }, where NAME or the file holds it';

function readSecret(value: unknown, path: Path, environment: Environment): string {
  if (value === undefined || value === null) return refuse(path, `missing: ${FORMS}.`);
  if (typeof value !== 'object') {
    return refuse(path, `a secret does not stand in this file: ${FORMS}.`);
  }
  const entries = Object.entries(value);
  const [kind, place] = entries[0] ?? [];
  if (entries.length !== 1 || typeof place !== 'string') return refuse(path, `${FORMS}.`);
  if (kind === 'env') {
    return (
      environment[place] ??
      refuse(path, `the environment variable ${place} is not set: set it to the secret.`)
    );
  }
  if (kind === 'file') return readTextFile(place, path);
  return refuse(path, `${FORMS}.`);
}

/** Of a file that the configuration names. */
export function readTextFile(file: string, path: Path): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown reason';
    return refuse(path, `${file} cannot be read (${code}).`);
  }
}
