import type { ManifestPlace, UploadJob } from '@latchkey/contract/schemas/upload-job';
import { countOf, formatCount } from './format.js';

/** The counts of a job that are not zero: `90 registered, 8 skipped (2 with a renewed URL), 2 failed`. */
export function jobCountsText(job: UploadJob): string {
  const renewed =
    job.unitsRenewedCount > 0 ? ` (${formatCount(job.unitsRenewedCount)} with a renewed URL)` : '';
  const parts = [
    `${formatCount(job.unitsDoneCount)} registered`,
    job.unitsSkippedCount > 0 && `${formatCount(job.unitsSkippedCount)} skipped${renewed}`,
    job.unitsErrorCount > 0 && `${formatCount(job.unitsErrorCount)} failed`,
    job.unitsCancelledCount > 0 && `${formatCount(job.unitsCancelledCount)} cancelled`,
  ];
  return parts.filter((part) => part !== false).join(', ');
}

/** One line on how a job ended, or that it runs. */
export function jobOutcomeText(job: UploadJob): string {
  if (job.status === 'PENDING') return 'Registering';
  if (job.status === 'CANCELLED')
    return job.unitsDoneCount === 0 ? 'Cancelled' : 'Cancelled: what was registered before stays';
  if (job.status === 'ERROR') return 'Failed: nothing was registered';
  return job.unitsErrorCount > 0
    ? `Finished, ${countOf(job.unitsErrorCount, 'file')} could not be registered`
    : 'Finished';
}

/** What a cancel would keep, and what it would not. */
export function cancelText(job: UploadJob): string {
  if (!job.ignoreErrors)
    return 'Cancel the import? It registers all files or none: nothing is registered yet, and nothing will be.';
  const pending = `the ${countOf(job.unitsPendingCount, 'file')} that ${job.unitsPendingCount === 1 ? 'is' : 'are'}`;
  const kept =
    job.unitsDoneCount === 0
      ? 'Nothing is registered yet.'
      : `The ${countOf(job.unitsDoneCount, 'file')} that ${job.unitsDoneCount === 1 ? 'is' : 'are'} registered already will stay.`;
  return `Cancel ${pending} not registered yet? ${kept}`;
}

/** `images[3].objectUrl, line 12, column 5`, with what is known. */
export function placeText(place: ManifestPlace): string {
  const element = place.element === null || place.kind === null ? '' : `[${place.element}]`;
  const field = place.field === null ? '' : `${place.kind === null ? '' : '.'}${place.field}`;
  const parts = [
    `${place.kind ?? ''}${element}${field}`,
    place.line !== null && `line ${place.line}`,
    place.column !== null && `column ${place.column}`,
  ];
  return parts.filter((part) => part !== false && part !== '').join(', ');
}
