import type { Executor } from '../engine/executor.js';

export interface InstallationRow {
  /** Made with the secret key of the installation. */
  readonly key_check: Buffer;
  /** Key of a spooled object that every process of the installation can read. */
  readonly spool_marker: string;
  /** Of the key that seals; null before keys had names. */
  readonly secret_key_id: Buffer | null;
}

/** The first process writes down what it has; answers what the installation has. */
export async function getOrInsertInstallation(
  db: Executor,
  keyCheck: Buffer,
  spoolMarker: string,
): Promise<InstallationRow> {
  await db.query({
    name: 'installation.insert',
    text: 'INSERT INTO installation (key_check, spool_marker) VALUES ($1, $2) ON CONFLICT DO NOTHING',
    values: [keyCheck, spoolMarker],
  });
  const row = await getInstallation(db);
  if (!row) throw new Error('The installation was removed while it was read.');
  return row;
}

/** Null: no process has joined the installation. */
export async function getInstallation(db: Executor): Promise<InstallationRow | null> {
  const text = 'SELECT key_check, spool_marker, secret_key_id FROM installation';
  return (await db.query<InstallationRow>({ name: 'installation.get', text }))[0] ?? null;
}

/** For a spool at a new place. */
export async function updateSpoolMarker(db: Executor, spoolMarker: string): Promise<void> {
  const text = 'UPDATE installation SET spool_marker = $1';
  await db.query({ name: 'installation.updateSpoolMarker', text, values: [spoolMarker] });
}

export async function getSpoolMarker(db: Executor): Promise<string> {
  const installation = await getInstallation(db);
  if (!installation) throw new Error('No process has joined the installation.');
  return installation.spool_marker;
}
