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
  /** Of a file of a scene, where it stands in its unit: `scene.lidar.events[0].uri`. */
  readonly field: string | null;
  /** Whether strict client-only access wants its metadata: a scene of streams does without. */
  readonly isNeeded: boolean;
}

/**
 * The objects of a unit that have media metadata. What only a signer opens cannot be measured here: the manifest has to
 * say it.
 */
export function objectsOf(unit: Unit): MeasurableObject[] {
  if (unit.location.needsSigner) return [];
  if (unit.objectUrl === null) return membersOf(unit);
  const kind = measuredKind(unit.kind);
  if (kind === null) return [];
  const { location, objectUrl, mediaMetadata: metadata } = unit;
  return [{ ...placeOf(location), kind, objectUrl, metadata, member: null, field: null, isNeeded: true }];
}

const membersOf = ({ kind: unitKind, members }: Unit): MeasurableObject[] =>
  members.flatMap(
    ({ measuredAs: kind, location, objectUrl, mediaMetadata: metadata, field = null }, member) =>
      kind === null
        ? []
        : [
            {
              ...placeOf(location),
              kind,
              objectUrl,
              metadata,
              member,
              field,
              isNeeded: unitKind !== 'scenes',
            },
          ],
  );

const placeOf = ({ identity, origin, signature }: LocatedUrl) => ({
  identity,
  origin,
  expiresAt: signature?.expiresAt ?? null,
});

/** By what a measurement is kept: one object may be listed as a text here and as a time series there. */
export const objectKey = ({ kind, identity }: Pick<MeasurableObject, 'kind' | 'identity'>): string =>
  `${kind} ${identity}`;
