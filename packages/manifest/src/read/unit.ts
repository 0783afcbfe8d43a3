import type { ErrorCode } from '@latchkey/contract/errors';
import type { ItemType, UnitKind } from '@latchkey/contract/kinds';
import type { ManifestLimits } from '@latchkey/contract/limits';
import type { MediaMetadata } from '@latchkey/contract/schemas/media-metadata';
import type { MetadataSchema } from '@latchkey/contract/schemas/metadata-schema';
import type { Gateway } from '@latchkey/locator/gateways';
import type { LocatedUrl } from '@latchkey/locator/locate';
import type { MeasuredKind } from '../measure/measured-kind.js';
import type { Place } from '../scan/place.js';

/** The codes of single units that reading can give. */
export type UnitErrorCode = Extract<
  ErrorCode,
  | 'unit_malformed'
  | 'unit_type_missing'
  | 'unit_type_unknown'
  | 'unit_not_an_object'
  | 'unit_wrong_type'
  | 'unit_too_large'
  | 'object_url_missing'
  | 'object_url_invalid'
  | 'object_url_needs_signer'
  | 'object_url_whitespace'
  | 'object_url_too_long'
  | 'host_not_allowed'
  | 'url_expired'
  | 'title_too_long'
  | 'client_metadata_invalid'
  | 'client_metadata_value_invalid'
  | 'media_metadata_missing'
  | 'media_metadata_incomplete'
  | 'media_metadata_invalid'
  | 'members_missing'
  | 'dicom_series_mixed'
  | 'scene_invalid'
  | 'group_item_not_found'
  | 'group_item_wrong_type'
>;

export interface UnitRules {
  /** Strict client-only access: media metadata is compulsory. */
  readonly strict: boolean;
  /** `host`, `host:port` or `*.domain`; empty allows every host. */
  readonly allowedHosts: readonly string[];
  /** Whether `s3://`, `gs://` and `az://` are taken: a signer opens them. Default: they are not. */
  readonly hasSigner?: boolean;
  /** Of the integration: hosts that need not be among the allowed ones, and how they name objects. Default: none. */
  readonly gateways?: readonly Gateway[];
  /** In epoch milliseconds: a URL that died then or before is refused. Default: none is. */
  readonly expiredAt?: number;
  /** What client metadata has to fit. Default: values are free. */
  readonly metadataSchema?: MetadataSchema;
  /** Default: the limits of the contract. */
  readonly limits?: ManifestLimits;
}

/** One object: that of a unit, or of a member of a composite unit. */
export interface UnitObject {
  /** Exactly as given. */
  objectUrl: string;
  location: LocatedUrl;
  title: string | null;
  mediaMetadata: MediaMetadata | null;
}

/** A member of a composite unit. */
export interface UnitMember extends UnitObject {
  itemType: ItemType;
  /** What it is measured as; null for what is not measured, such as a model in a scene. */
  measuredAs: MeasuredKind | null;
  /** Of a file of a scene, where it stands: `scene.lidar.events[0].uri`. */
  field?: string;
}

export interface Unit {
  kind: UnitKind;
  itemType: ItemType;
  /** Index among all elements of this kind, from 0; for NDJSON among all units. */
  element: number;
  line: number;
  /** Exactly as given; null for a composite unit, whose members have the objects. */
  objectUrl: string | null;
  /** Of a composite unit: identity and expiry of its members together. */
  location: LocatedUrl;
  title: string | null;
  /** Null when the manifest gives none, which is not the same as an empty object. */
  clientMetadata: Record<string, unknown> | null;
  mediaMetadata: MediaMetadata | null;
  /** In order; none unless the unit is composite. */
  members: readonly UnitMember[];
  /** UUIDs of registered items that a group is made of, in order. */
  references: readonly string[];
  /** What else the item has to keep, such as the streams of a scene or the channels of a time series. */
  details: Record<string, unknown> | null;
}

export interface UnitError {
  code: UnitErrorCode;
  message: string;
  hint: string;
  /** Null for a line of NDJSON that does not say what its unit is. */
  kind: UnitKind | null;
  element: number;
  line: number;
  column: number | null;
  /** The key as this version spells it, with a dot inside media metadata: `videoMetadata.fps`. */
  field: string | null;
  /** As given, with its signature: to be redacted before it is kept or shown. */
  objectUrl: string | null;
  title: string | null;
}

export type UnitResult = { ok: true; unit: Unit } | { ok: false; error: UnitError };

export interface UnitProblem {
  code: UnitErrorCode;
  message: string;
  hint?: string;
  field?: string;
  /** The one at fault, of several. */
  objectUrl?: string;
  /** Where in the unit, if it is more precise than the place of the unit itself. */
  place?: Place;
}

/** Thrown inside this folder to leave the checks of one unit; never leaves `readPart`. */
export class UnitRefusal extends Error {
  readonly problem: UnitProblem;

  constructor(problem: UnitProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function showJsonType(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
