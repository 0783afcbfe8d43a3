import type { MediaMetadata } from '@latchkey/contract/schemas/media-metadata';
import type { Unit } from '../read/unit.js';
import { type MeasuredKind, measuredKind } from './measured-kind.js';

/** An object whose media metadata a manifest gives, or lacks. */
export interface MeasurableObject {
  readonly kind: MeasuredKind;
  readonly objectUrl: string;
  /** The same for one object, however it is signed. */
  readonly identity: string;
  readonly origin: string;
  /** What the manifest claims. */
  readonly metadata: MediaMetadata | null;
  /** Its number among the members; null for the object of the unit itself. */
  readonly member: number | null;
}

/** The objects of a unit that have media metadata. A scene of several files says all that a viewer needs. */
export function objectsOf({
  kind: unitKind,
  objectUrl,
  location,
  mediaMetadata,
  members,
}: Unit): MeasurableObject[] {
  const kind = measuredKind(unitKind);
  if (kind === null) return [];
  if (objectUrl !== null) {
    const { identity, origin } = location;
    return [{ kind, objectUrl, identity, origin, metadata: mediaMetadata, member: null }];
  }
  if (unitKind === 'scenes') return [];
  return members.map((member, index) => ({
    kind,
    objectUrl: member.objectUrl,
    identity: member.location.identity,
    origin: member.location.origin,
    metadata: member.mediaMetadata,
    member: index,
  }));
}

/** By what a measurement is kept: one object may be listed as a text here and as a time series there. */
export const objectKey = ({ kind, identity }: Pick<MeasurableObject, 'kind' | 'identity'>): string =>
  `${kind} ${identity}`;
