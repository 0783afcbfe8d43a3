import { unitKinds } from '@latchkey/contract/kinds';
import { elementField } from '../read/element-keys.js';
import { readScene } from '../read/scene.js';
import { sortFields } from '../read/unit-fields.js';
import { JsonScanner } from '../scan/json-scanner.js';

/** `scene`, `content`, the stream, its `events`, an event. */
const eventDepth = 5;

/** Where the metadata of each file of a scene belongs, in the order of the members: into the object of its event. */
export function sceneFilePlaces(element: Uint8Array): ({ end: number; key: string } | undefined)[] {
  const { files } = readScene(sortFields(JSON.parse(new TextDecoder().decode(element)), 'scenes'));
  const ends = eventEnds(element);
  return (files ?? []).map(({ streamPath, event, metadataKind }) => {
    const end = ends.get(placeKey([...streamPath, 'events'], event));
    return end === undefined || metadataKind === null
      ? undefined
      : { end, key: unitKinds[metadataKind].metadata.key };
  });
}

const placeKey = (path: readonly (string | null)[], event: number): string => JSON.stringify([path, event]);

/** Behind each event of a scene. Of a key that is given twice the last one counts, as it does for the reader. */
function eventEnds(element: Uint8Array): ReadonlyMap<string, number> {
  const ends = new Map<string, number>();
  const path: (string | null)[] = [];
  let eventsDepth: number | null = null;
  let event = -1;
  const scanner = new JsonScanner({
    watchedDepth: eventDepth,
    readDepth: eventDepth - 1,
    onKey: (depth, key) => {
      if (eventsDepth === null) path.splice(depth - 1, path.length, key);
    },
    onStart: (depth, type) => {
      if (eventsDepth !== null) event += depth === eventsDepth + 1 ? 1 : 0;
      else if (type === 'array' && isEvents(path, depth)) {
        eventsDepth = depth;
        event = -1;
      }
    },
    onEnd: (depth, _value, endOffset) => {
      if (eventsDepth === null) return;
      if (depth === eventsDepth + 1) ends.set(placeKey(path.slice(1), event), endOffset);
      else if (depth === eventsDepth) eventsDepth = null;
    },
    onTrailingComma: () => {},
  });
  scanner.push(element);
  scanner.end();
  return ends;
}

const isEvents = (path: readonly (string | null)[], depth: number): boolean =>
  path.length === depth && path.at(-1) === 'events' && elementField(path[0] ?? '') === 'scene';
