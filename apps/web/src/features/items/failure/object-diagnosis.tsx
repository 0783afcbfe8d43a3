import type { ObjectAnswer } from '@latchkey/doctor/ask-object';
import { diagnose } from '@latchkey/doctor/diagnose';
import type { Failure } from '@latchkey/doctor/failure';
import { useQuery } from '@tanstack/react-query';
import { VerdictNotice } from '../../../components/access/verdict-notice.js';
import { startDataWorker } from '../../../lib/data-worker.js';
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

async function diagnoseObject(objectUrl: string, expiresAt: number | null): Promise<Failure> {
  const worker = startDataWorker(doctorUrl);
  try {
    return diagnose(await askDoctor(worker, objectUrl), {
      url: objectUrl,
      expiresAt: expiresAt === null ? null : new Date(expiresAt).toISOString(),
      now: Date.now(),
      pageProtocol: location.protocol,
      isBlockedByPolicy: false,
      expected: null,
    });
  } finally {
    worker.terminate();
  }
}

function askDoctor(worker: Worker, objectUrl: string): Promise<ObjectAnswer> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve, reject) => {
    port1.onmessage = ({ data }) => resolve(data as ObjectAnswer);
    worker.addEventListener('error', () =>
      reject(new Error('The worker that asks the storage could not start.')),
    );
    worker.postMessage(objectUrl, [port2]);
  });
}
