import { createHash } from 'node:crypto';
import { unitKinds } from '@latchkey/contract/kinds';
import { limits } from '@latchkey/contract/limits';
import type { stagedColumns } from '@latchkey/db/upload-jobs/staging';
import { splitSecret } from '@latchkey/locator/split-secret';
import type { Unit } from '@latchkey/manifest/read/unit';
import { v7 as uuidv7 } from 'uuid';
import { type SealKey, seal } from '../access/seal.js';
import { toStorable } from '../http/stored-text.js';

type StagedRow = Record<(typeof stagedColumns)[number], string | number | null>;

const identityHashLength = 16;

export function identityHash(identity: string): Buffer {
  return createHash('sha256').update(identity).digest().subarray(0, identityHashLength);
}

/** The row of a unit in the staging table: the URL split into its open head and its sealed tail. */
export function toStagedRow(unit: Unit, position: number, sealKey: SealKey): StagedRow {
  const { head, tail } = splitSecret(unit.objectUrl);
  const hash = identityHash(unit.location.identity);
  const signature = unit.location.signature;
  const media = (unit.mediaMetadata ?? {}) as Readonly<Record<string, string | number | undefined>>;
  return {
    position,
    id: uuidv7(),
    type: unitKinds[unit.kind].itemType,
    name: unit.title ?? toTitle(unit.location.defaultTitle),
    url_head: head,
    url_tail_sealed: tail === null ? null : `\\x${seal(sealKey, hash, tail).toString('hex')}`,
    identity_hash: `\\x${hash.toString('hex')}`,
    expires_at: toTimestamp(signature?.expiresAt ?? null),
    expiry_certainty: signature?.certainty ?? null,
    metadata_source: unit.mediaMetadata ? 'manifest' : null,
    file_size: media['fileSize'] ?? null,
    mime_type: media['mimeType'] ?? (unit.kind === 'pdfs' && unit.mediaMetadata ? 'application/pdf' : null),
    width: media['width'] ?? null,
    height: media['height'] ?? null,
    duration: media['duration'] ?? null,
    fps: media['fps'] ?? null,
    audio_sample_rate: media['sampleRate'] ?? null,
    audio_bit_depth: media['bitDepth'] ?? null,
    audio_codec: media['codec'] ?? null,
    audio_num_channels: media['numChannels'] ?? null,
    num_pages: media['numPages'] ?? null,
    client_metadata: unit.clientMetadata === null ? null : JSON.stringify(unit.clientMetadata),
  };
}

const lastTimestamp = Date.UTC(9999, 11, 31);

/** A later year is written with a sign, which PostgreSQL does not read; what lives so long does not expire. */
function toTimestamp(epochMs: number | null): string | null {
  return epochMs === null || epochMs > lastTimestamp ? null : new Date(epochMs).toISOString();
}

/** The name part of a URL may be longer than a title, and hold what PostgreSQL's text can't. */
function toTitle(text: string): string {
  return toStorable(text)
    .slice(0, limits.titleLength)
    .replace(/[\uD800-\uDBFF]$/, '');
}
