import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { RotatedSigningKey, SigningKey } from '@latchkey/contract/schemas/signer';
import { insertAuditEntries } from '@latchkey/db/audit/writer';
import type { Executor } from '@latchkey/db/engine/executor';
import {
  deleteSigningKeys,
  insertSigningKey,
  listSigningKeys,
  lockSigningKeys,
  type SigningKeyRow,
} from '@latchkey/db/signing-keys/signing-keys';
import { calculateJwkThumbprint } from 'jose';
import { v7 as uuidv7 } from 'uuid';
import { holdSecretKey } from '../access/hold-secret-key.js';
import { seal, unseal } from '../access/seal.js';
import type { AppContext, Caller } from '../context.js';

/** Signers keep the key set for some minutes: a new key is in it for this long before it signs. */
const publishedBeforeMs = 15 * 60_000;
/** How long a key that signs no more stays in the set; its last tokens live for minutes. */
const publishedAfterMs = 24 * 3_600_000;

export interface ActiveSigningKey {
  readonly id: string;
  readonly privateKey: KeyObject;
}

/** The key that signs now; made when there is none yet. */
export async function mustHaveSigningKey(context: AppContext): Promise<ActiveSigningKey> {
  const row = activeKey(await ensureKeys(context), context.now());
  if (!row) throw new Error('No signing key is active: the clock of the server went back behind its making.');
  const d = unseal(context.secretKeys, row.public_key, row.private_key_sealed);
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: row.public_key.toString('base64url'), d };
  return { id: row.id, privateKey: createPrivateKey({ key: jwk, format: 'jwk' }) };
}

/** The public keys by which a token can be verified now or soon. */
export async function listPublishedKeys(context: AppContext): Promise<SigningKey[]> {
  const rows = await ensureKeys(context);
  const now = context.now();
  return rows
    .filter((_row, index) => isPublished(rows[index - 1], now))
    .map(({ id, public_key }) => ({
      kty: 'OKP',
      crv: 'Ed25519',
      x: public_key.toString('base64url'),
      kid: id,
      use: 'sig',
      alg: 'EdDSA',
    }));
}

/** `compromised`: the keys so far are good for nothing from now on; else they stay until nobody needs them. */
export async function replaceSigningKey(
  context: AppContext,
  caller: Caller,
  compromised: boolean,
): Promise<RotatedSigningKey> {
  const now = context.now();
  return context.db.transaction(async (tx) => {
    await lockSigningKeys(tx);
    const rows = await listSigningKeys(tx);
    const active = activeKey(rows, now);
    const activeFrom = new Date(compromised || !active ? now : now + publishedBeforeMs);
    const obsolete = compromised ? rows : rows.filter((row, index) => isObsolete(row, rows[index - 1], now));
    await deleteSigningKeys(
      tx,
      obsolete.map(({ id }) => id),
    );
    const keyId = await makeKey(context, tx, activeFrom);
    await insertAuditEntries(tx, [
      {
        id: uuidv7(),
        userId: caller.userId,
        action: 'signingKey.rotate',
        subjectType: 'signing-key',
        subjectId: null,
        details: { keyId, compromised },
      },
    ]);
    return { keyId, activeFrom: activeFrom.toISOString() };
  });
}

async function ensureKeys(context: AppContext): Promise<SigningKeyRow[]> {
  const rows = await listSigningKeys(context.db);
  if (rows.length > 0) return rows;
  return context.db.transaction(async (tx) => {
    await lockSigningKeys(tx);
    const made = await listSigningKeys(tx);
    if (made.length > 0) return made;
    await makeKey(context, tx, new Date(context.now()));
    return listSigningKeys(tx);
  });
}

async function makeKey(context: AppContext, tx: Executor, activeFrom: Date): Promise<string> {
  await holdSecretKey(tx, context);
  const { d = '', x = '' } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  const publicKey = Buffer.from(x, 'base64url');
  const id = await calculateJwkThumbprint({ kty: 'OKP', crv: 'Ed25519', x });
  const privateKeySealed = seal(context.secretKeys, publicKey, d);
  await insertSigningKey(tx, { id, publicKey, privateKeySealed, activeFrom });
  return id;
}

/** Rows are in the order of their times, the latest first. */
const activeKey = (rows: readonly SigningKeyRow[], now: number): SigningKeyRow | undefined =>
  rows.find(({ active_from }) => active_from.getTime() <= now);

const isPublished = (successor: SigningKeyRow | undefined, now: number): boolean =>
  successor === undefined || successor.active_from.getTime() > now - publishedAfterMs;

/** One that was to follow is replaced by the new one; one that is published no more is of no use. */
const isObsolete = (row: SigningKeyRow, successor: SigningKeyRow | undefined, now: number): boolean =>
  row.active_from.getTime() > now || !isPublished(successor, now);
