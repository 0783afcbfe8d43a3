import type { MediaMetadata } from '@latchkey/contract/schemas/media-metadata';
import type { LocatedUrl } from '@latchkey/locator/locate';
import type { Unit } from '../read/unit.js';
import { type MeasuredKind, measuredKind } from './measured-kind.js';

/** An object whose media metadata a manifest gives, or lacks. */
export interface MeasurableObject {
  readonly kind: MeasuredKind;
  readonly objectUrl: string;
  /** The same for one object, however it is signed. */
  readonly identity: string;
  readonly origin: string;
  /** When its signature dies, in epoch milliseconds; null if it says none. */
  readonly expiresAt: number | null;
  /** What the manifest claims. */
  readonly metadata: MediaMetadata | null;
  /** Its number among the members; null for the object of the unit itself. */
  readonly member: number | null;
}

/**
 * The objects of a unit that have media metadata. A scene of several files says all that a viewer needs, and what only
 * a signer opens cannot be measured here: the manifest has to say it.
 */
export function objectsOf(unit: Unit): MeasurableObject[] {
  const kind = measuredKind(unit.kind);
  if (kind === null || unit.location.needsSigner) return [];
  if (unit.objectUrl !== null)
    return [
      {
        ...placeOf(unit.location),
        kind,
        objectUrl: unit.objectUrl,
        metadata: unit.mediaMetadata,
        member: null,
      },
    ];
  if (unit.kind === 'scenes') return [];
  return unit.members.map(({ location, objectUrl, mediaMetadata }, member) => ({
    ...placeOf(location),
    kind,
    objectUrl,
    metadata: mediaMetadata,
    member,
  }));
}

const placeOf = ({ identity, origin, signature }: LocatedUrl) => ({
  identity,
  origin,
  expiresAt: signature?.expiresAt ?? null,
});

/** By what a measurement is kept: one object may be listed as a text here and as a time series there. */
export const objectKey = ({ kind, identity }: Pick<MeasurableObject, 'kind' | 'identity'>): string =>
  `${kind} ${identity}`;
