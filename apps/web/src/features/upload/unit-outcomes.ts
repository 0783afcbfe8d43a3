import {
  type UnitOutcome,
  type UnitResult,
  type UploadJob,
  unitOutcomes,
} from '@latchkey/contract/schemas/upload-job';

export const outcomeLabels: Readonly<Record<UnitOutcome, string>> = {
  pending: 'Waiting',
  created: 'Registered',
  skipped: 'Skipped',
  renewed: 'URL renewed',
  error: 'Failed',
  cancelled: 'Cancelled',
};

/** How many units of a job have each outcome. The job counts the renewed ones among the skipped. */
export function outcomeCounts(job: UploadJob): Readonly<Record<UnitOutcome, number>> {
  return {
    pending: job.unitsPendingCount,
    created: job.unitsDoneCount,
    skipped: job.unitsSkippedCount - job.unitsRenewedCount,
    renewed: job.unitsRenewedCount,
    error: job.unitsErrorCount,
    cancelled: job.unitsCancelledCount,
  };
}

/** The outcomes to show, as the address of the page names them; none: all. */
export const chosenOutcomes = (parameters: URLSearchParams): UnitOutcome[] => {
  const named = new Set(parameters.getAll('outcome'));
  return unitOutcomes.filter((outcome) => named.has(outcome));
};

/** Such as `images[3]`; empty for a line of NDJSON of which only its number is known. */
export const unitPlaceText = ({ kind, element }: UnitResult['place']): string =>
  kind === null || element === null ? '' : `${kind}[${element}]`;
