import { LatchkeyError } from '@latchkey/contract/errors';
import type { ItemRow } from '@latchkey/db/items/reader';
import type { Relocation } from '@latchkey/db/items/relocate';
import { type LocatedUrl, locate } from '@latchkey/locator/locate';
import { splitAt } from '@latchkey/locator/split-secret';
import { compileHostRules } from '@latchkey/manifest/read/host-rules';
import { readObjectUrl } from '@latchkey/manifest/read/object-url';
import { UnitRefusal } from '@latchkey/manifest/read/unit';
import { wholeUrl } from '../../access/object-urls.js';
import { seal } from '../../access/seal.js';
import type { AppContext } from '../../context.js';
import { identityHash } from '../../registration/member-row.js';
import type { TargetIntegration } from './lock-integrations.js';

export interface WantedRelocation {
  readonly row: ItemRow;
  readonly isMember: boolean;
  /** Null: the URL stays. */
  readonly newUrl: string | null;
  readonly integration: TargetIntegration;
}

export interface UrlChecks {
  /** Whether a URL that is dead at `now`, in epoch milliseconds, is refused. */
  readonly checksExpiry: boolean;
  readonly now: number;
}

export interface PlannedRelocation {
  readonly row: ItemRow;
  readonly relocation: Relocation;
  /** Of the new URL. */
  readonly origin: string | null;
}

/** Checks what one item is to become, by what its row and the URL say: the server opens no URL. */
export function planRelocation(
  context: AppContext,
  wanted: WantedRelocation,
  checks: UrlChecks,
): PlannedRelocation {
  const { row, isMember, newUrl, integration } = wanted;
  mustBeMeasured(row, integration);
  if (isMember && integration.id !== row.integration_id)
    throw refuse(row, 'is a member of a group, which has the integration of the group. Name the group.');
  const base = { id: row.id, folderId: row.folder_id, integrationId: integration.id };
  if (newUrl === null) return planKeptUrl(context, row, integration, base);
  if (row.url_head === null)
    throw refuse(row, 'has no URL of its own: its members have them. Name its members instead.');
  const location = readNewUrl(context, wanted, newUrl, checks);
  const identity = identityHash(location.identity);
  if (isMember && !identity.equals(row.identity_hash))
    throw refuse(row, 'is a member of a group, which can only get a URL of the same object.');
  const url = toUrlColumns(context, newUrl, location, identity);
  return { row, relocation: { ...base, url }, origin: location.origin || null };
}

/** The gateways of another integration may name the object of the same URL otherwise. */
function planKeptUrl(
  context: AppContext,
  row: ItemRow,
  { gateways }: TargetIntegration,
  base: Omit<Relocation, 'url'>,
): PlannedRelocation {
  const kept = row.url_head === null ? null : wholeUrl(context.secretKeys, row);
  const located = kept === null ? null : locate(kept, gateways);
  if (kept === null || !located?.ok) return { row, relocation: { ...base, url: null }, origin: null };
  const identity = identityHash(located.url.identity);
  const url = identity.equals(row.identity_hash) ? null : toUrlColumns(context, kept, located.url, identity);
  return { row, relocation: { ...base, url }, origin: located.url.origin || null };
}

function toUrlColumns(
  { secretKeys }: AppContext,
  objectUrl: string,
  { secretStart, signature }: LocatedUrl,
  identity: Buffer,
): NonNullable<Relocation['url']> {
  const { head, tail } = splitAt(objectUrl, secretStart);
  return {
    head,
    tailSealed: tail === null ? null : seal(secretKeys, identity, tail).toString('hex'),
    identityHash: identity.toString('hex'),
    expiresAt: toMoment(signature?.expiresAt ?? null),
    expiryCertainty: signature?.certainty ?? null,
  };
}

function mustBeMeasured(row: ItemRow, { id, strict }: TargetIntegration): void {
  if (!strict || row.metadata_source !== null || row.integration_id === id) return;
  throw new LatchkeyError(
    'integration_strict_conflict',
    `The item ${row.id} has no media metadata, which strict client-only access needs. Register it again with metadata first.`,
    { details: { uuid: row.id } },
  );
}

/** The messages of a refused URL name its host at the most. */
function readNewUrl(
  { config }: AppContext,
  { row, integration }: WantedRelocation,
  newUrl: string,
  { checksExpiry, now }: UrlChecks,
): LocatedUrl {
  try {
    return readObjectUrl(newUrl, {
      allowsHost: compileHostRules(integration.allowedHosts),
      hasSigner: integration.hasSigner,
      gateways: integration.gateways,
      maxBytes: config.manifestLimits.objectUrlBytes,
      expiredAt: checksExpiry ? now : undefined,
    });
  } catch (error) {
    if (!(error instanceof UnitRefusal)) throw error;
    throw new LatchkeyError('invalid_request', `The new URL of the item ${row.id}: ${error.message}`, {
      details: { uuid: row.id, problem: error.problem.code },
      cause: error,
    });
  }
}

const lastMoment = Date.UTC(9999, 11, 31);

/** What lives longer than the database can write does not expire. */
const toMoment = (epochMs: number | null): Date | null =>
  epochMs === null || epochMs > lastMoment ? null : new Date(epochMs);

function refuse(row: ItemRow, what: string): LatchkeyError {
  return new LatchkeyError('invalid_request', `The item ${row.id} ${what}`, { details: { uuid: row.id } });
}
