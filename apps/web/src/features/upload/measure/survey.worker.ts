import { LatchkeyError } from '@latchkey/contract/errors';
import { openManifest } from './manifest-stream.js';
import { openMeasurementStore } from './measurement-store.js';
import { type Survey, surveyManifest } from './survey.js';

export type SurveyAnswer = { readonly survey: Survey } | { readonly problem: string };

async function answer(file: File): Promise<SurveyAnswer> {
  try {
    const manifest = openManifest(file);
    if (!manifest) return { problem: 'This is no manifest by its name.' };
    return { survey: await surveyManifest(manifest.stream, manifest.form, await openMeasurementStore()) };
  } catch (error) {
    if (error instanceof LatchkeyError) return { problem: error.message };
    throw error;
  }
}

addEventListener('message', async ({ data }: MessageEvent<File>) => {
  postMessage(await answer(data).catch((error: unknown): SurveyAnswer => ({ problem: String(error) })));
});
