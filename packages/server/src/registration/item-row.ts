import { unitKinds } from '@latchkey/contract/kinds';
import { newItemColumns } from '@latchkey/db/upload-jobs/register-items';
import { splitAt } from '@latchkey/locator/split-secret';
import type { Unit } from '@latchkey/manifest/read/unit';
import { type SealKey, seal } from '../access/seal.js';
import { toStorable } from '../http/stored-text.js';

/** Whose items are written, and where to. */
export interface RowOwner {
  readonly jobId: string;
  readonly folderId: string;
  readonly integrationId: string;
  readonly createdBy: string;
}

type Value = string | number | null | undefined;

/** A line of COPY's text format, with its newline: the URL split into its open head and its sealed tail. */
export function toItemRow(
  unit: Unit,
  id: string,
  identity: Buffer,
  owner: RowOwner,
  sealKey: SealKey,
  titleLength: number,
): string {
  const { head, tail } = splitAt(unit.objectUrl, unit.location.secretStart);
  const { signature } = unit.location;
  const media = (unit.mediaMetadata ?? {}) as Readonly<Record<string, string | number | undefined>>;
  const row: Record<(typeof newItemColumns)[number], Value> = {
    id,
    folder_id: owner.folderId,
    integration_id: owner.integrationId,
    created_by: owner.createdBy,
    type: unitKinds[unit.kind].itemType,
    name: escaped(unit.title ?? toTitle(unit.location.defaultTitle, titleLength)),
    url_head: escaped(head),
    url_tail_sealed: tail === null ? null : `\\\\x${seal(sealKey, identity, tail).toString('hex')}`,
    identity_hash: `\\\\x${identity.toString('hex')}`,
    expires_at: toTimestamp(signature?.expiresAt ?? null),
    expiry_certainty: signature?.certainty,
    metadata_source: unit.mediaMetadata ? 'manifest' : null,
    file_size: media['fileSize'],
    mime_type: escaped(
      media['mimeType'] ?? (unit.kind === 'pdfs' && unit.mediaMetadata ? 'application/pdf' : null),
    ),
    width: media['width'],
    height: media['height'],
    duration: media['duration'],
    fps: media['fps'],
    audio_sample_rate: media['sampleRate'],
    audio_bit_depth: media['bitDepth'],
    audio_codec: escaped(media['codec']),
    audio_num_channels: media['numChannels'],
    num_pages: media['numPages'],
    client_metadata: unit.clientMetadata === null ? null : escaped(JSON.stringify(unit.clientMetadata)),
  };
  let line = '';
  for (const column of newItemColumns) line += `${line === '' ? '' : '\t'}${row[column] ?? '\\N'}`;
  return `${line}\n`;
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** In COPY's text format a backslash, newline, return and tab are escaped; `\N` is null. */
function escaped(value: Value): Value {
  if (typeof value !== 'string' || !/[\\\n\r\t]/.test(value)) return value;
  return value.replace(/[\\\n\r\t]/g, (character) => escapes[character] ?? character);
}

const lastTimestamp = Date.UTC(9999, 11, 31);

/** A later year is written with a sign, which PostgreSQL does not read; what lives so long does not expire. */
function toTimestamp(epochMs: number | null): string | null {
  return epochMs === null || epochMs > lastTimestamp ? null : new Date(epochMs).toISOString();
}

/** The name part of a URL may be longer than a title, and hold what PostgreSQL's text can't. */
function toTitle(text: string, titleLength: number): string {
  return toStorable(text)
    .slice(0, titleLength)
    .replace(/[\uD800-\uDBFF]$/, '');
}
