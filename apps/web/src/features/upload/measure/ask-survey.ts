import type { Survey } from './survey.js';
import type { SurveyAnswer } from './survey.worker.js';

/** Reads the manifest in a worker, so that the page does not wait for a large one. */
export async function askSurvey(file: File, signal: AbortSignal): Promise<Survey> {
  const worker = new Worker(new URL('./survey.worker.ts', import.meta.url), { type: 'module' });
  try {
    const answer = await new Promise<SurveyAnswer>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<SurveyAnswer>) => resolve(data);
      worker.onerror = () => reject(new Error('The worker of the page could not start.'));
      signal.addEventListener('abort', () => reject(signal.reason));
      worker.postMessage(file);
    });
    if ('problem' in answer) throw new Error(answer.problem);
    return answer.survey;
  } finally {
    worker.terminate();
  }
}
