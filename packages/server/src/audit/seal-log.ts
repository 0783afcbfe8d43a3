import { setTimeout as delay } from 'node:timers/promises';
import {
  type ChainEntry,
  deleteUnsealed,
  getLastLink,
  hasUnsealed,
  insertLinks,
  listUnsealed,
  type NewLink,
  tryLockChain,
} from '@latchkey/db/audit/chain';
import { getCheckpoint } from '@latchkey/db/audit/retention';
import type { Executor } from '@latchkey/db/engine/executor';
import type { AppContext } from '../context.js';
import { chainHash, noHash } from './chain-hash.js';

const intervalMs = 1000;
const entriesAtATime = 1000;
const never = '1970-01-01T00:00:00.000000Z';

/**
 * Takes new entries into the chain until the signal aborts, and once more then. It runs in every process; whoever has
 * the lock seals, and nobody who writes entries waits for it.
 */
export async function runSealing(context: AppContext, signal: AbortSignal): Promise<void> {
  for (;;) {
    const isLast = signal.aborted;
    await sealAuditLog(context).catch((error: unknown) =>
      context.log.warn({ err: error }, 'audit entries could not be sealed; it is tried again'),
    );
    if (isLast) return;
    await delay(intervalMs, undefined, { signal }).catch(() => undefined);
  }
}

/** Seals all entries that are committed, unless another process does. */
export async function sealAuditLog({ db }: Pick<AppContext, 'db'>): Promise<void> {
  if (!(await hasUnsealed(db))) return;
  while ((await db.transaction(sealSome)) === entriesAtATime);
}

async function sealSome(tx: Executor): Promise<number> {
  if (!(await tryLockChain(tx))) return 0;
  const { now, entries } = await listUnsealed(tx, entriesAtATime);
  if (entries.length === 0) return 0;
  const last = await lastLink(tx);
  // With a backlog nothing is promised that was not before.
  const sealedThrough = entries.length < entriesAtATime ? now : last.sealedThrough;
  await insertLinks(tx, linksOf(entries, last, sealedThrough));
  await deleteUnsealed(
    tx,
    entries.map(({ id }) => id),
  );
  return entries.length;
}

interface LastLink {
  readonly position: number;
  readonly hash: Buffer;
  readonly sealedThrough: string;
}

async function lastLink(tx: Executor): Promise<LastLink> {
  const link = await getLastLink(tx);
  if (link) return { ...link, sealedThrough: link.sealed_through };
  const checkpoint = await getCheckpoint(tx);
  return { ...(checkpoint ?? { position: 0, hash: noHash }), sealedThrough: never };
}

function linksOf(entries: readonly ChainEntry[], last: LastLink, sealedThrough: string): NewLink[] {
  let { position, hash } = last;
  return entries.map((entry) => {
    position += 1;
    hash = chainHash(hash, position, sealedThrough, entry);
    return { position, entryId: entry.id, sealedThrough, hash };
  });
}
