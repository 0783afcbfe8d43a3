import { Type } from 'typebox';
import type { ErrorCode } from '../errors.js';
import { defineRoute } from '../route.js';
import {
  CancelUploadJobResult,
  DownloadFailedUnitsQuery,
  FindKnownObjects,
  KnownObjects,
  ListUnitErrorsQuery,
  ListUnitResultsQuery,
  ListUploadJobsQuery,
  PollUploadJobQuery,
  StartFromManifestQuery,
  StartJobHeaders,
  StartUploadJob,
  UnitErrorPage,
  UnitResultPage,
  UploadJobPage,
  UploadJobResult,
  UploadJobUuid,
} from '../schemas/upload-job.js';
import { FolderParams, JobParams, prefix } from './params.js';

const tag = 'Upload jobs';
const base = `${prefix}/storage/folders/{folderUuid}/data-upload-jobs`;
const startErrors = [
  'folder_not_found',
  'integration_not_found',
  'malformed_json',
  'not_a_manifest',
  'manifest_empty',
  'manifest_wrong_type',
  'manifest_too_many_units',
  'body_incomplete',
  'body_too_large',
  'digest_mismatch',
  'unsupported_media_type',
  'idempotency_key_reused',
  'spool_full',
  'spool_unavailable',
] as const satisfies readonly ErrorCode[];

export const startUploadJob = defineRoute({
  operationId: 'startUploadJob',
  method: 'POST',
  path: base,
  tag,
  summary: 'Start an upload job with the envelope of the official client; answers the UUID of the job.',
  permission: 'folder:editor',
  schemas: { params: FolderParams, headers: StartJobHeaders, body: StartUploadJob, response: UploadJobUuid },
  errors: startErrors,
  streamedBody: ['application/json'],
});
export const startUploadJobFromManifest = defineRoute({
  operationId: 'startUploadJobFromManifest',
  method: 'POST',
  path: `${base}/from-manifest`,
  tag,
  summary: 'Start an upload job; the body is the manifest itself.',
  permission: 'folder:editor',
  schemas: {
    params: FolderParams,
    query: StartFromManifestQuery,
    headers: StartJobHeaders,
    body: Type.Unknown(),
    response: UploadJobUuid,
  },
  errors: startErrors,
  streamedBody: ['application/json', 'application/x-ndjson', 'text/csv'],
});
export const findKnownObjects = defineRoute({
  operationId: 'findKnownObjects',
  method: 'POST',
  isReading: true,
  path: `${base}/known-objects`,
  tag,
  summary:
    'Which of these objects the folder has already: what a job with skipDuplicateUrls would skip or renew. Takes digests, so that no URL is sent.',
  permission: 'folder:viewer',
  schemas: { params: FolderParams, body: FindKnownObjects, response: KnownObjects },
  errors: ['folder_not_found'],
});
export const listUploadJobs = defineRoute({
  operationId: 'listUploadJobs',
  method: 'GET',
  path: base,
  tag,
  summary: 'Upload jobs of a folder, newest first.',
  permission: 'folder:viewer',
  schemas: { params: FolderParams, query: ListUploadJobsQuery, response: UploadJobPage },
  errors: ['folder_not_found', 'invalid_page_token'],
});
export const getUploadJob = defineRoute({
  operationId: 'getUploadJob',
  method: 'GET',
  path: `${base}/{jobUuid}`,
  tag,
  summary:
    'Long poll: answers when the job has finished, or as it stands when the time is up (at most 50 s).',
  permission: 'folder:viewer',
  schemas: { params: JobParams, query: PollUploadJobQuery, response: UploadJobResult },
  errors: ['folder_not_found', 'upload_job_not_found'],
});
export const cancelUploadJob = defineRoute({
  operationId: 'cancelUploadJob',
  method: 'POST',
  path: `${base}/{jobUuid}/cancel`,
  tag,
  summary: 'Cancel the units that are not registered yet; what is registered stays.',
  permission: 'folder:editor',
  schemas: { params: JobParams, response: CancelUploadJobResult },
  errors: ['folder_not_found', 'upload_job_not_found', 'upload_job_finished'],
});
export const listUnitErrors = defineRoute({
  operationId: 'listUnitErrors',
  method: 'GET',
  path: `${base}/{jobUuid}/unit-errors`,
  tag,
  summary: 'All failed units of a job, in the order of the manifest.',
  permission: 'folder:viewer',
  schemas: { params: JobParams, query: ListUnitErrorsQuery, response: UnitErrorPage },
  errors: ['folder_not_found', 'upload_job_not_found', 'invalid_page_token'],
});
export const downloadUnitErrors = defineRoute({
  operationId: 'downloadUnitErrors',
  method: 'GET',
  path: `${base}/{jobUuid}/unit-errors.csv`,
  tag,
  summary: 'All failed units of a job as CSV.',
  permission: 'folder:viewer',
  schemas: { params: JobParams },
  errors: ['folder_not_found', 'upload_job_not_found'],
  produces: 'text/csv',
});
export const downloadUnitErrorsNdjson = defineRoute({
  operationId: 'downloadUnitErrorsNdjson',
  method: 'GET',
  path: `${base}/{jobUuid}/unit-errors.ndjson`,
  tag,
  summary: 'All failed units of a job as NDJSON, each line one unit error.',
  permission: 'folder:viewer',
  schemas: { params: JobParams },
  errors: ['folder_not_found', 'upload_job_not_found'],
  produces: 'application/x-ndjson',
});
export const downloadFailedUnits = defineRoute({
  operationId: 'downloadFailedUnits',
  method: 'GET',
  path: `${base}/{jobUuid}/failed-units`,
  tag,
  summary:
    'A manifest of just the failed units, in the form in which it was sent (JSON, NDJSON or CSV), to be corrected and sent again. It holds their signed URLs.',
  permission: 'folder:viewer',
  schemas: { params: JobParams, query: DownloadFailedUnitsQuery },
  errors: [
    'folder_not_found',
    'upload_job_not_found',
    'upload_job_running',
    'no_failed_units',
    'manifest_not_kept',
  ],
  produces: 'application/json',
});
export const listUnitResults = defineRoute({
  operationId: 'listUnitResults',
  method: 'GET',
  path: `${base}/{jobUuid}/units`,
  tag,
  summary: 'What became of each unit of a job, in the order of the manifest.',
  permission: 'folder:viewer',
  schemas: { params: JobParams, query: ListUnitResultsQuery, response: UnitResultPage },
  errors: ['folder_not_found', 'upload_job_not_found', 'invalid_page_token'],
});
export const followUploadJob = defineRoute({
  operationId: 'followUploadJob',
  method: 'GET',
  path: `${base}/{jobUuid}/events`,
  tag,
  summary:
    'Server-sent events: `progress` with the job whenever it has moved on, `end` with the job when it has finished.',
  permission: 'folder:viewer',
  schemas: { params: JobParams },
  errors: ['folder_not_found', 'upload_job_not_found'],
  produces: 'text/event-stream',
});
