import { ConnectionError } from '@latchkey/sdk/errors';
import { type ManifestToImport, sendManifest } from './send-manifest.js';
import { waitForServer } from './wait-for-server.js';

/** A way that breaks every time, though the server answers, is not the network: the user has to look. */
const attemptsAtMost = 5;

/**
 * Sends a manifest, and sends it again when the network was lost and is back; the key of the upload keeps it from being
 * imported twice. `onMove` tells whether it waits for the network. Answers the UUID of the job.
 */
export async function sendUntilArrived(
  manifest: ManifestToImport,
  signal: AbortSignal,
  onMove: (phase: 'sending' | 'offline') => void,
): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    onMove('sending');
    try {
      return await sendManifest(manifest, signal);
    } catch (error) {
      if (!(error instanceof ConnectionError) || signal.aborted || attempt === attemptsAtMost) throw error;
    }
    onMove('offline');
    await waitForServer(signal);
  }
}
