import { readFile } from 'node:fs/promises';
import { LineCounter, parseDocument } from 'yaml';
import type { GatewayConfig } from './gateway-config.js';
import { readConfig } from './read-config.js';
import { formatPath, InvalidValues, type Problem } from './readers.js';
import type { Environment } from './values.js';

/** A configuration that cannot be used; the message names every problem with its line. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly code = 'invalid_config';
  readonly hint =
    'docs/gateway.md lists the fields; "latchkey gateway check" reads the file without starting.';
}

/** @throws {ConfigError} */
export async function loadConfig(file: string, environment: Environment): Promise<GatewayConfig> {
  return parseConfig(file, await readConfigText(file), environment);
}

/** @throws {ConfigError} */
export async function readConfigText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'unknown reason';
    throw new ConfigError(`${file} cannot be read (${code}).`, { cause });
  }
}

/** @param text YAML, of which JSON is a part */
export function parseConfig(file: string, text: string, environment: Environment): GatewayConfig {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [error] = document.errors;
  if (error !== undefined) {
    const { line } = lines.linePos(error.pos[0]);
    throw new ConfigError(`${file}:${line}: ${error.message.split('\n')[0]}`);
  }
  const lineOf = ({ path }: Problem): number => {
    // What is missing has no place of its own.
    for (let length = path.length; length > 0; length -= 1) {
      const node: unknown = document.getIn(path.slice(0, length), true);
      const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : null;
      if (Array.isArray(range)) return lines.linePos(Number(range[0])).line;
    }
    return 1;
  };
  try {
    return readConfig(document.toJS(), environment);
  } catch (cause) {
    if (!(cause instanceof InvalidValues)) throw cause;
    const told = cause.problems.map(
      (problem) => `${file}:${lineOf(problem)}: ${formatPath(problem.path)}: ${problem.message}`,
    );
    throw new ConfigError(told.join('\n'), { cause });
  }
}
