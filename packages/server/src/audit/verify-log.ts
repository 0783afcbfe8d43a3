import type { AuditProblem, AuditVerification, VerifyAuditQuery } from '@latchkey/contract/schemas/audit';
import {
  countUnsealed,
  findLostEntry,
  findStrayEntry,
  type LinkWithEntry,
  listLinks,
} from '@latchkey/db/audit/chain';
import { type Checkpoint, getCheckpoint, isCheckpointRecorded } from '@latchkey/db/audit/retention';
import type { Executor } from '@latchkey/db/engine/executor';
import { chainHash, noHash } from './chain-hash.js';

const linksAtATime = 2000;
/** An entry is written in a transaction that ends within this time: until then it may come late into the chain. */
const longestTransactionMs = 3_600_000;

interface Log {
  readonly db: Executor;
}

/** Reads the whole chain. With a position and hash that were noted before, it also has to hold these. */
export async function verifyAuditLog(log: Log, noted: VerifyAuditQuery = {}): Promise<AuditVerification> {
  for (;;) {
    const start = await getCheckpoint(log.db);
    const walk = await walkChain(log, start, noted);
    const problem = walk.problem ?? (await findOutside(log, start)) ?? missingHead(walk, noted);
    // Retention has removed entries meanwhile: what was read is of two chains.
    if (problem && (await getCheckpoint(log.db))?.position !== start?.position) continue;
    return {
      isWhole: problem === null,
      entriesChecked: walk.checked,
      entriesUnsealed: await countUnsealed(log.db),
      removedThrough: start?.position ?? 0,
      head: walk.position > 0 ? { position: walk.position, hash: walk.hash.toString('hex') } : null,
      problem,
    };
  }
}

interface Walk {
  position: number;
  hash: Buffer;
  checked: number;
  sealedThrough: number;
  problem: AuditProblem | null;
}

async function walkChain({ db }: Log, start: Checkpoint | null, noted: VerifyAuditQuery): Promise<Walk> {
  const walk: Walk = {
    position: start?.position ?? 0,
    hash: start?.hash ?? noHash,
    checked: 0,
    sealedThrough: 0,
    problem: null,
  };
  for (;;) {
    const links = await listLinks(db, walk.position, linksAtATime);
    for (const link of links) {
      walk.problem = checkLink(walk, link, noted);
      if (walk.problem) return walk;
      walk.position = link.position;
      walk.hash = link.hash;
      walk.sealedThrough = Date.parse(link.sealed_through);
      walk.checked += 1;
    }
    if (links.length === 0) return walk;
  }
}

/** What is wrong with the link behind those that were read. */
function checkLink(walk: Walk, link: LinkWithEntry, noted: VerifyAuditQuery): AuditProblem | null {
  const next = walk.position + 1;
  const problem = (kind: AuditProblem['kind'], message: string): AuditProblem => ({
    kind,
    position: next,
    entryUuid: link.position === next ? link.entry_id : null,
    message,
  });
  if (link.position !== next)
    return problem('removed', `Position ${next} is missing from the chain; it goes on at ${link.position}.`);
  if (link.id === null) return problem('removed', `The entry at position ${next} is gone from the log.`);
  if (!chainHash(walk.hash, next, link.sealed_through, link).equals(link.hash))
    return problem('changed', `The entry at position ${next} is not the one that was sealed.`);
  if (Date.parse(link.at) < walk.sealedThrough - longestTransactionMs)
    return problem(
      'inserted',
      `The entry at position ${next} says ${link.at}, which was sealed long before it came.`,
    );
  if (noted.position === next && noted.hash !== undefined && noted.hash !== link.hash.toString('hex'))
    return problem('changed', `The hash at position ${next} is not the one that was noted.`);
  return null;
}

/** What is wrong beside the chain. */
async function findOutside({ db }: Log, start: Checkpoint | null): Promise<AuditProblem | null> {
  const at = (kind: AuditProblem['kind'], entryUuid: string | null, message: string): AuditProblem => ({
    kind,
    position: null,
    entryUuid,
    message,
  });
  const stray = await findStrayEntry(db);
  if (stray) return at('inserted', stray, 'The entry is in the log, and was never taken into the chain.');
  const lost = await findLostEntry(db);
  if (lost)
    return at('removed', lost, 'The entry waited to be taken into the chain, and is gone from the log.');
  if (start && !(await isCheckpointRecorded(db, start)))
    return {
      ...at('removed', null, 'The chain begins at a checkpoint that no entry of retention tells of.'),
      position: start.position,
    };
  return null;
}

function missingHead({ position }: Walk, noted: VerifyAuditQuery): AuditProblem | null {
  if (noted.position === undefined || noted.position <= position) return null;
  return {
    kind: 'removed',
    position: noted.position,
    entryUuid: null,
    message: `The chain ends at position ${position}, before the one that was noted, ${noted.position}.`,
  };
}
