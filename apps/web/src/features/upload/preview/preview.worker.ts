import type { KnownObjects } from '@latchkey/contract/schemas/upload-job';
import { openManifest } from '../measure/manifest-stream.js';
import type { Preview, PreviewProgress, PreviewRules } from './preview.js';
import { readPreview } from './read-preview.js';

export interface PreviewQuestion {
  readonly file: File;
  readonly rules: PreviewRules;
}
/** Each `find` is answered by the page, which is signed in, with what is known of its digests. */
export type PreviewMessage =
  | { readonly progress: PreviewProgress }
  | { readonly find: readonly string[] }
  | { readonly preview: Preview }
  | { readonly problem: string };
export interface PreviewAnswer {
  readonly known: KnownObjects['known'];
}

const notifyEveryMs = 150;
const tell = (message: PreviewMessage): void => postMessage(message);

let answer: ((known: PreviewAnswer['known']) => void) | null = null;
const find = (identityHashes: readonly string[]) =>
  new Promise<PreviewAnswer['known']>((resolve) => {
    answer = resolve;
    tell({ find: identityHashes });
  });

async function read({ file, rules }: PreviewQuestion): Promise<void> {
  let notifiedAt = 0;
  const onProgress = (progress: PreviewProgress) => {
    if (Date.now() - notifiedAt < notifyEveryMs) return;
    notifiedAt = Date.now();
    tell({ progress: { ...progress } });
  };
  try {
    const manifest = openManifest(file);
    if (manifest)
      tell({ preview: await readPreview(manifest, rules, { find, now: Date.now(), onProgress }) });
  } catch (error) {
    tell({ problem: error instanceof Error ? error.message : String(error) });
  }
}

addEventListener('message', ({ data }: MessageEvent<PreviewQuestion | PreviewAnswer>) => {
  if ('file' in data) void read(data);
  else answer?.(data.known);
});
