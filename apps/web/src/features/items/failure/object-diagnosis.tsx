import type { ObjectAnswer } from '@latchkey/doctor/ask-object';
import { diagnose } from '@latchkey/doctor/diagnose';
import type { Failure } from '@latchkey/doctor/failure';
import { useQuery } from '@tanstack/react-query';
import { VerdictNotice } from '../../../components/access/verdict-notice.js';
import { askWorker } from '../../../lib/ask-worker.js';
import doctorUrl from './doctor.worker.ts?worker&url';

interface ObjectDiagnosisProps {
  readonly objectUrl: string;
  /** Epoch milliseconds; null if its signature says none. */
  readonly expiresAt: number | null;
}

/** Why an object that is not registered cannot be read from here. */
export function ObjectDiagnosis({ objectUrl, expiresAt }: ObjectDiagnosisProps) {
  const failure = useQuery({
    queryKey: ['object-diagnosis', objectUrl],
    staleTime: 0,
    gcTime: 0,
    queryFn: () => diagnoseObject(objectUrl, expiresAt),
  });
  return failure.data ? <VerdictNotice verdict={failure.data} url={objectUrl} /> : null;
}

const diagnoseObject = async (objectUrl: string, expiresAt: number | null): Promise<Failure> =>
  diagnose(await askWorker<ObjectAnswer>(doctorUrl, objectUrl), {
    url: objectUrl,
    expiresAt: expiresAt === null ? null : new Date(expiresAt).toISOString(),
    now: Date.now(),
    pageProtocol: location.protocol,
    isBlockedByPolicy: false,
    expected: null,
  });
