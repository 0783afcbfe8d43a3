import type { Handler } from '../http/handler.js';
import { cancelUploadJobHandler } from './routes/cancel-upload-job.js';
import { downloadFailedUnitsHandler } from './routes/download-failed-units.js';
import { downloadUnitErrorsHandler } from './routes/download-unit-errors.js';
import { downloadUnitErrorsNdjsonHandler } from './routes/download-unit-errors-ndjson.js';
import { findKnownObjectsHandler } from './routes/find-known-objects.js';
import { followUploadJobHandler } from './routes/follow-upload-job.js';
import { getLimitsHandler } from './routes/get-limits.js';
import { getUploadJobHandler } from './routes/get-upload-job.js';
import { listUnitErrorsHandler } from './routes/list-unit-errors.js';
import { listUnitResultsHandler } from './routes/list-unit-results.js';
import { listUploadJobsHandler } from './routes/list-upload-jobs.js';
import { startUploadJobHandler } from './routes/start-upload-job.js';
import { startUploadJobFromManifestHandler } from './routes/start-upload-job-from-manifest.js';

export const uploadJobHandlers: readonly Handler[] = [
  startUploadJobHandler,
  startUploadJobFromManifestHandler,
  findKnownObjectsHandler,
  listUploadJobsHandler,
  getUploadJobHandler,
  cancelUploadJobHandler,
  listUnitErrorsHandler,
  downloadUnitErrorsHandler,
  downloadUnitErrorsNdjsonHandler,
  downloadFailedUnitsHandler,
  listUnitResultsHandler,
  followUploadJobHandler,
  getLimitsHandler,
];
