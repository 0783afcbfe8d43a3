import { createHash } from 'node:crypto';
import { type FSWatcher, watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { GatewayConfig } from './gateway-config.js';
import { loadConfig } from './load-config.js';
import type { Environment } from './values.js';

export interface ConfigWatchOptions {
  file: string;
  environment: Environment;
  /** What is in use. */
  initial: GatewayConfig;
  onConfig: (config: GatewayConfig) => void;
  /** The file is not usable; told once for each content of it. */
  onError: (error: Error) => void;
}

export interface ConfigWatcher {
  /** @throws {ConfigError} */
  reload(): Promise<void>;
  close(): void;
}

/** Certificates and files of secrets are elsewhere, and some file systems tell nothing of changes. */
const pollMs = 5000;

/** Reads a configuration again when its file, or a file that it names, has other contents. */
export function watchConfig(options: ConfigWatchOptions): ConfigWatcher {
  const { file, environment, onConfig, onError } = options;
  let seen = fingerprint(options.initial);
  let running: Promise<void> = Promise.resolve();

  const read = async (isForced: boolean): Promise<void> => {
    try {
      const config = await loadConfig(file, environment);
      const now = fingerprint(config);
      if (seen === now && !isForced) return;
      seen = now;
      onConfig(config);
    } catch (error) {
      const told = error instanceof Error ? error : new Error(String(error));
      if (seen !== told.message || isForced) onError(told);
      seen = told.message;
      if (isForced) throw error;
    }
  };
  /** One after the other, so that an older read never comes last. */
  const enqueue = (isForced: boolean): Promise<void> => {
    const next = running.then(() => read(isForced));
    running = next.catch(() => undefined);
    return next;
  };
  const check = (): void => void enqueue(false);
  check();
  const watcher = watchDirectory(file, check);
  const timer = setInterval(check, pollMs).unref();
  return {
    reload: () => enqueue(true),
    close: () => {
      clearInterval(timer);
      watcher?.close();
    },
  };
}

/** Of the directory, for a file that is replaced by renaming is another file. */
function watchDirectory(file: string, onChange: () => void): FSWatcher | null {
  try {
    const watcher = watch(dirname(file), { persistent: false }, (_event, name) => {
      if (name === null || name === basename(file) || name.startsWith('..')) onChange();
    });
    // The poll stays.
    return watcher.on('error', () => watcher.close());
  } catch {
    return null;
  }
}

/** Of everything that was read, secrets and certificates too, of which none can be told from it. */
function fingerprint(config: GatewayConfig): string {
  return createHash('sha256').update(JSON.stringify(config)).digest('hex');
}
