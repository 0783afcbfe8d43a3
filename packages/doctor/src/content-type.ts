/** What an object should be: the first part of a media type, or a whole one. */
export type MediaFamily = 'image' | 'video' | 'audio' | 'application/pdf' | 'text';

/** Types that say nothing of the bytes; browsers then look at these themselves. */
const saysNothing = /^(application|binary)\/(octet-stream|x-download|force-download)$/;

/**
 * Whether a content type contradicts what the object should be, so that browsers may refuse it. Sound in a video
 * container and the reverse are no contradiction.
 */
export function isWrongType(contentType: string | null, expected: MediaFamily): boolean {
  const type = contentType?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (type === '' || saysNothing.test(type)) return false;
  const family = type.split('/')[0];
  const isStreamed = expected === 'video' || expected === 'audio';
  if (isStreamed) return !/^(video|audio)$/.test(family ?? '') && type !== 'application/ogg';
  if (expected === 'application/pdf') return type !== expected;
  if (expected === 'text') return /^(image|video|audio)$/.test(family ?? '') || type === 'application/pdf';
  return family !== expected;
}
