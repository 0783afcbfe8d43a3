import type { UnitKind } from '@latchkey/contract/kinds';
import type { Integration } from '@latchkey/contract/schemas/integration';
import type { MetadataSchema } from '@latchkey/contract/schemas/metadata-schema';
import type { ManifestWarning, UnitError } from '@latchkey/contract/schemas/upload-job';

/** One of the first units of a manifest. No URL of a preview has a signature. */
export interface PreviewUnit {
  readonly kind: UnitKind;
  readonly line: number;
  readonly name: string;
  /** Null: it says of none. In epoch milliseconds. */
  readonly expiresAt: number | null;
}

/** As the server would tell it. */
export type PreviewError = Omit<UnitError, 'subtaskUuid' | 'actionDescription'>;

/** What a manifest would do to a folder, found out without sending it. */
export interface Preview {
  readonly units: number;
  /** Good units by kind. */
  readonly unitsByKind: Readonly<Partial<Record<UnitKind, number>>>;
  readonly first: readonly PreviewUnit[];
  readonly errorCount: number;
  /** The first ones. */
  readonly errors: readonly PreviewError[];
  readonly warnings: readonly ManifestWarning[];
  /** Why the manifest as a whole would be refused, with line and column; null if it would not. */
  readonly refusal: string | null;
  /** Items whose object the folder has already, and of these those whose URL here lives longer. */
  readonly known: number;
  readonly renewed: number;
  /** Items whose object stands further up in the manifest, as far as that was followed. */
  readonly repeated: number;
  readonly isRepeatedCountCut: boolean;
  /** Hosts that the integration does not allow, with their units. */
  readonly otherHosts: readonly { readonly host: string; readonly units: number }[];
  readonly expired: number;
  readonly expiringSoon: number;
  /** Of those that have not expired, in epoch milliseconds. */
  readonly firstExpiry: number | null;
  /** What the manifest itself asks for. */
  readonly flags: { readonly skipDuplicateUrls: boolean; readonly allowExpiredUrls: boolean };
}

export interface PreviewProgress {
  readonly bytes: number;
  readonly units: number;
  readonly errors: number;
}

/** What of the integration decides on units. */
export interface PreviewRules {
  readonly allowedHosts: readonly string[];
  readonly hasSigner: boolean;
  readonly gateways: Integration['gateways'];
  readonly metadataSchema?: MetadataSchema;
}
