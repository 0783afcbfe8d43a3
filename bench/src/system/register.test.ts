import type { UploadJobResult } from '@latchkey/contract/schemas/upload-job';
import { describe, expect, it } from 'vitest';
import { problemsOf } from './register.js';

const job = {
  status: 'DONE',
  unitsTotalCount: 10,
  unitsPendingCount: 0,
  unitsDoneCount: 0,
  unitsSkippedCount: 10,
  unitsRenewedCount: 10,
  unitsErrorCount: 0,
  unitsCancelledCount: 0,
  errors: [],
  unitErrors: [],
} as unknown as UploadJobResult;

describe('the outcome of a job', () => {
  it('is right when all counts are as expected', () => {
    expect(problemsOf('signed anew', job, { done: 0, skipped: 10, renewed: 10 })).toEqual([]);
  });

  it('is wrong with every count that is not, and says why', () => {
    const failed = {
      ...job,
      status: 'ERROR',
      unitsDoneCount: 1,
      unitsSkippedCount: 8,
      unitsErrorCount: 1,
      errors: ['It broke.'],
    } as UploadJobResult;
    expect(problemsOf('signed anew', failed, { done: 0, skipped: 10, renewed: 10 })).toEqual([
      'signed anew: status is ERROR, not DONE (It broke.).',
      'signed anew: done is 1, not 0 (It broke.).',
      'signed anew: skipped is 8, not 10 (It broke.).',
      'signed anew: errors is 1, not 0 (It broke.).',
    ]);
  });
});
