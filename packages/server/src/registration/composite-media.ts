import type { DicomTags } from '@latchkey/contract/schemas/media-metadata';
import type { Unit, UnitMember } from '@latchkey/manifest/read/unit';
import type { MediaColumns } from './media-columns.js';
import { jsonText } from './object-columns.js';

/** What of a file's tags its series has too. */
const seriesTags = ['00100020', '0020000D', '0020000E'];

/** Size in pixels of a member. */
export function pixelsOf({ mediaMetadata: media }: UnitMember): {
  width: number | null;
  height: number | null;
} {
  if (media === null) return { width: null, height: null };
  if ('tags' in media) return { width: whole(media.tags, '00280011'), height: whole(media.tags, '00280010') };
  return 'width' in media ? { width: media.width, height: media.height } : { width: null, height: null };
}

function whole(tags: DicomTags, tag: string): number | null {
  const value = Number(tags[tag]?.Value?.[0] ?? Number.NaN);
  return Number.isInteger(value) && value > 0 && value < 2 ** 31 ? value : null;
}

/**
 * The media columns of an item with members: it is as large as all of them, and as wide and high as the first. The
 * files of a scene need no metadata, and none of them stands for its size in pixels.
 */
export function compositeMedia(
  { members, references, details, itemType }: Unit,
  measured: ReadonlySet<object>,
): MediaColumns {
  const isScene = itemType === 'scene';
  const first = isScene ? undefined : members[0];
  const isMeasured = isScene || members.every(({ mediaMetadata }) => mediaMetadata !== null);
  const sizes = members.map(({ mediaMetadata: media }) =>
    media && 'fileSize' in media ? media.fileSize : null,
  );
  return {
    metadata_source: isMeasured ? sourceOfAll(members, measured) : null,
    file_size:
      sizes.includes(null) || references.length > 0
        ? null
        : sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0),
    mime_type: null,
    ...(first ? pixelsOf(first) : { width: null, height: null }),
    duration: null,
    fps: null,
    audio_sample_rate: null,
    audio_bit_depth: null,
    audio_codec: null,
    audio_num_channels: null,
    num_pages: null,
    frame_count: members.length + references.length,
    media_details: jsonText(first ? { ...details, ...tagsOfSeries(first) } : details),
  };
}

function tagsOfSeries({ mediaMetadata: media }: UnitMember): { tags: DicomTags } | undefined {
  if (media === null || !('tags' in media)) return undefined;
  return { tags: Object.fromEntries(seriesTags.map((tag) => [tag, media.tags[tag] ?? null])) };
}

/** What one of the members had to be measured for is measured. */
const sourceOfAll = (members: Unit['members'], measured: ReadonlySet<object>): 'manifest' | 'probe' =>
  members.some((member) => measured.has(member)) ? 'probe' : 'manifest';
