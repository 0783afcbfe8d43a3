import { type Static, Type } from 'typebox';
import { limits } from '../limits.js';
import { JsonObject, Nullable, OneOf, Page, pageQuery, Timestamp, Uuid } from './common.js';

export const jobStatuses = ['PENDING', 'DONE', 'ERROR', 'CANCELLED'] as const;
export const JobStatus = OneOf(jobStatuses);
export type JobStatus = Static<typeof JobStatus>;

/** `checking`: every unit of an all-or-nothing job is read before the first is registered. */
export const jobPhases = ['checking', 'registering', 'finished'] as const;
export const JobPhase = OneOf(jobPhases);
export type JobPhase = Static<typeof JobPhase>;

const Count = Type.Integer({ minimum: 0 });

/** A place in the manifest: `element` counts from 0 within the array `kind`; `line` and `column` from 1. */
export const ManifestPlace = Type.Object({
  kind: Nullable(Type.String()),
  element: Nullable(Count),
  line: Nullable(Count),
  column: Nullable(Count),
  field: Nullable(Type.String()),
});
export type ManifestPlace = Static<typeof ManifestPlace>;

/** The first four keys are the official client's. `objectUrls` carry no signatures. */
export const UnitError = Type.Object({
  objectUrls: Type.Array(Type.String()),
  error: Type.String(),
  subtaskUuid: Uuid,
  actionDescription: Type.String(),
  code: Type.String(),
  hint: Type.String(),
  title: Nullable(Type.String()),
  place: ManifestPlace,
});
export type UnitError = Static<typeof UnitError>;
export const UnitErrorPage = Page(UnitError);

export const ManifestWarning = Type.Object({
  code: Type.String(),
  message: Type.String(),
  place: ManifestPlace,
});
export type ManifestWarning = Static<typeof ManifestWarning>;

/**
 * `unitsTotalCount = unitsPendingCount + unitsDoneCount + unitsSkippedCount + unitsErrorCount + unitsCancelledCount`.
 * Renewed units (a known object that got a newer signature) are part of the skipped ones.
 */
const counters = {
  unitsTotalCount: Count,
  /** Of an all-or-nothing job, the units that its first pass has read; they are pending until all are registered. */
  unitsCheckedCount: Count,
  unitsPendingCount: Count,
  unitsDoneCount: Count,
  unitsSkippedCount: Count,
  unitsRenewedCount: Count,
  unitsErrorCount: Count,
  unitsCancelledCount: Count,
  /** Units that the server measures at this moment; they are pending until their part is done, and then no more among these. */
  unitsToMeasureCount: Count,
  /** Of these: measured. */
  unitsMeasuredCount: Count,
  /** Of these: they could not be measured, and will be among the errors. */
  unitsUnmeasurableCount: Count,
};

export const UploadJob = Type.Object({
  uploadJobUuid: Uuid,
  folderUuid: Uuid,
  folderName: Type.String(),
  integrationHash: Nullable(Uuid),
  status: JobStatus,
  phase: JobPhase,
  fileName: Nullable(Type.String()),
  ignoreErrors: Type.Boolean(),
  skipDuplicateUrls: Type.Boolean(),
  upsertMetadata: Type.Boolean(),
  allowExpiredUrls: Type.Boolean(),
  owner: Type.String(),
  ...counters,
  errors: Type.Array(Type.String()),
  warnings: Type.Array(ManifestWarning),
  createdAt: Timestamp,
  /** When the first part was taken up. */
  startedAt: Nullable(Timestamp),
  finishedAt: Nullable(Timestamp),
  /** Units settled, checked while the job is checking, or measured, a second since it started; null before it starts. */
  unitsPerSecond: Nullable(Type.Number({ minimum: 0 })),
  /** Estimate for the phase; null when nothing can be said, 0 when the job has finished. */
  secondsLeft: Nullable(Type.Number({ minimum: 0 })),
});
export type UploadJob = Static<typeof UploadJob>;
export const UploadJobPage = Page(UploadJob);

/** The answer of the long poll. `itemsWithNames` and `unitErrors` are bounded; the paged lists have all. */
export const UploadJobResult = Type.Object({
  ...UploadJob.properties,
  itemsWithNames: Type.Array(Type.Object({ itemUuid: Uuid, name: Type.String() }), {
    description: `The first ${limits.jobItemsInResult}.`,
  }),
  unitErrors: Type.Array(UnitError, { description: `The first ${limits.jobErrorsInResult}.` }),
});
export type UploadJobResult = Static<typeof UploadJobResult>;

/** Documents the envelope of the official client. The server reads it as a stream. */
export const StartUploadJob = Type.Object({
  dataItems: Type.Optional(JsonObject),
  externalFiles: Type.Optional(JsonObject),
  integrationHash: Type.Optional(Nullable(Uuid)),
  ignoreErrors: Type.Optional(Type.Boolean()),
  fileName: Type.Optional(Nullable(Type.String())),
});

export const StartFromManifestQuery = Type.Object({
  integrationHash: Uuid,
  ignoreErrors: Type.Optional(Type.Boolean()),
  fileName: Type.Optional(Type.String({ maxLength: limits.titleLength })),
  skipDuplicateUrls: Type.Optional(
    Type.Boolean({ description: 'The flag of the manifest, for one that cannot say it, as CSV.' }),
  ),
  upsertMetadata: Type.Optional(Type.Boolean({ description: 'As skipDuplicateUrls.' })),
  allowExpiredUrls: Type.Optional(
    Type.Boolean({
      description:
        'As skipDuplicateUrls. Without it a unit whose URL is dead already when the job starts fails with url_expired.',
    }),
  ),
});
export type StartFromManifestQuery = Static<typeof StartFromManifestQuery>;

export const UploadJobUuid = Uuid;
export const PollUploadJobQuery = Type.Object({
  timeoutSeconds: Type.Optional(Type.Number({ minimum: 0, default: 60 })),
});
export const CancelUploadJobResult = Type.Object({ unitsCancelledCount: Count });
export const ListUploadJobsQuery = Type.Object({ ...pageQuery });
export const ListUnitErrorsQuery = Type.Object({ ...pageQuery });

export const unitOutcomes = ['pending', 'created', 'skipped', 'renewed', 'error', 'cancelled'] as const;
export const UnitOutcome = OneOf(unitOutcomes);
export type UnitOutcome = Static<typeof UnitOutcome>;

/** What became of one unit. `position` counts from 0 through the whole manifest, in the order of the file. */
export const UnitResult = Type.Object({
  position: Count,
  outcome: UnitOutcome,
  /** The new item, or the known one; null without one. */
  itemUuid: Nullable(Uuid),
  furtherItems: Type.Optional(
    Type.Array(Type.Object({ itemUuid: Uuid, title: Nullable(Type.String()) }), {
      description: 'The others of a unit that became several: one for each DICOM series in it.',
    }),
  ),
  /** Without the signature; null for a unit that is pending or cancelled, or whose item is gone. */
  objectUrl: Nullable(Type.String()),
  title: Nullable(Type.String()),
  place: Type.Object({ kind: Nullable(Type.String()), element: Nullable(Count) }),
  error: Nullable(Type.Object({ code: Type.String(), message: Type.String(), hint: Type.String() })),
});
export type UnitResult = Static<typeof UnitResult>;
export const UnitResultPage = Page(UnitResult);
export const ListUnitResultsQuery = Type.Object({
  ...pageQuery,
  outcomes: Type.Optional(Type.Array(UnitOutcome, { description: 'Only these; default all.' })),
});
export type ListUnitResultsQuery = Static<typeof ListUnitResultsQuery>;

export const StartJobHeaders = Type.Object({
  'idempotency-key': Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: limits.idempotencyKeyLength,
      description: 'A repeated start with the same key and the same manifest answers the first job.',
    }),
  ),
});

export const DownloadFailedUnitsQuery = Type.Object({
  includeCancelled: Type.Optional(
    Type.Boolean({
      description: 'Also the units that were cancelled, or not registered because others failed.',
    }),
  ),
});
export type DownloadFailedUnitsQuery = Static<typeof DownloadFailedUnitsQuery>;

const IdentityHash = Type.String({
  pattern: '^[0-9a-f]{32}$',
  description: 'The first 16 bytes of the SHA-256 of an object identity, in hexadecimal digits.',
});
export const FindKnownObjects = Type.Object(
  { identityHashes: Type.Array(IdentityHash, { maxItems: limits.knownObjects }) },
  { additionalProperties: false },
);
/** Of several items with the same object, the oldest, which is the one that a registration renews. */
export const KnownObjects = Type.Object({
  known: Type.Array(
    Type.Object({
      identityHash: IdentityHash,
      itemUuid: Uuid,
      expiresAt: Nullable(Timestamp),
      /** Without a signature the URL needs none, as at a gateway, or opens nothing by itself. */
      isSigned: Type.Boolean(),
    }),
  ),
});
export type KnownObjects = Static<typeof KnownObjects>;
