import { LatchkeyError } from '@latchkey/contract/errors';
import { unitKinds } from '@latchkey/contract/kinds';
import { isObject, type Unit, type UnitMember } from '../read/unit.js';

type Json = Record<string, unknown>;
type SceneMember = Pick<UnitMember, 'objectUrl' | 'mediaMetadata'>;

/** `scene` of a unit as a manifest says it: one file, or streams whose events name their files by URL again. */
export function sceneElement(
  objectUrl: string | null,
  details: Unit['details'],
  members: readonly SceneMember[],
): unknown {
  if (objectUrl !== null) return { url: objectUrl, format: details?.['format'] };
  const scene = details?.['scene'];
  if (!isObject(scene) || !isObject(scene['streams']))
    throw new LatchkeyError('internal_error', 'A scene has neither a URL nor streams.');
  const { streams, ...options } = scene;
  const content = Object.entries(streams as Json).map(([name, stream]) => [
    name,
    withUrls(stream as Json, members),
  ]);
  return { ...options, content: Object.fromEntries(content) };
}

function withUrls(stream: Json, members: readonly SceneMember[]): Json {
  const { key } = unitKinds[stream['type'] === 'image' ? 'images' : 'scenes'].metadata;
  const events = (stream['events'] as Json[]).map(({ member, ...event }) => {
    if (member === undefined) return event;
    const { objectUrl, mediaMetadata } = members[member as number] ?? {};
    return { uri: objectUrl, ...event, ...(mediaMetadata && { [key]: mediaMetadata }) };
  });
  return { ...stream, events };
}
