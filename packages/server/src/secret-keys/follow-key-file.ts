import { unwatchFile, watchFile } from 'node:fs';
import { secretKeyPath } from '../config/secret-key-file.js';
import type { AppContext } from '../context.js';
import { adoptSecretKeys } from './adopt-secret-keys.js';
import { newMarker } from './spool-marker.js';

const lookEveryMs = 2000;

/** Takes the keys of the file anew when it changes, until the server stops: `latchkey key rotate` needs no restart. */
export function followKeyFile(context: AppContext): void {
  const path = secretKeyPath(context.config.dataDir);
  const take = (): void => {
    void takeKeys(context).catch((error: unknown) =>
      context.log.error(
        { err: error },
        'the changed file of secret keys could not be taken; the keys stay as they were',
      ),
    );
  };
  watchFile(path, { interval: lookEveryMs, persistent: false }, take);
  context.stopping.addEventListener('abort', () => unwatchFile(path, take), { once: true });
}

async function takeKeys(context: AppContext): Promise<void> {
  context.secretKeys.reload();
  await adoptSecretKeys(context, newMarker());
  context.jobEvents.keysChanged();
}
