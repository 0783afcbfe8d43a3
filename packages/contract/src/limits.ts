/** Limits of the API. Sizes are in bytes, lengths in UTF-16 code units, times in seconds or as named. */
export const limits = {
  pageSizeDefault: 100,
  pageSizeMax: 1000,
  bulkItems: 1000,
  knownObjects: 5000,
  jsonBodyBytes: 8 * 1024 * 1024,
  manifestBytes: 32 * 1024 * 1024 * 1024,
  manifestUnits: 20_000_000,
  manifestElementBytes: 4 * 1024 * 1024,
  objectUrlBytes: 16 * 1024,
  titleLength: 300,
  descriptionLength: 4096,
  searchLength: 200,
  integrationTitleLength: 200,
  allowedHosts: 200,
  clientMetadataBytes: 1024 * 1024,
  signatureAgeSeconds: 300,
  signInFailures: 10,
  signInWindowSeconds: 900,
  longPollSeconds: 50,
  jobItemsInResult: 1_000,
  jobErrorsInResult: 1_000,
  jobWarnings: 100,
  idempotencyKeyLength: 255,
  signerUrlLength: 2048,
  signerObjects: 500,
  signerTokenSeconds: 120,
  webhooks: 50,
  webhookUrlLength: 2048,
  webhookResponseBytes: 1024,
  webhookOverlapHours: 168,
} as const;

/** What an operator can set for manifests; the values of `limits` are the defaults. */
export const manifestLimitNames = [
  'manifestBytes',
  'manifestUnits',
  'manifestElementBytes',
  'objectUrlBytes',
  'titleLength',
  'clientMetadataBytes',
] as const;
export type ManifestLimits = Readonly<Record<(typeof manifestLimitNames)[number], number>>;
