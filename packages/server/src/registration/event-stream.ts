import type { UploadJob } from '@latchkey/contract/schemas/upload-job';

/** Browsers reconnect after this long, and proxies close connections on which nothing comes for a minute. */
const retryMs = 1000;
const keepAliveMs = 15_000;

/** Jobs as server-sent events: `progress` for each, `end` for one that has finished. */
export async function* toEventStream(jobs: AsyncGenerator<UploadJob>): AsyncGenerator<string> {
  yield `retry: ${retryMs}\n\n`;
  let next = jobs.next();
  try {
    for (;;) {
      const result = await orSilence(next);
      if (result === 'silence') yield ': still here\n\n';
      else if (result.done) return;
      else {
        const name = result.value.status === 'PENDING' ? 'progress' : 'end';
        yield `event: ${name}\ndata: ${JSON.stringify(result.value)}\n\n`;
        next = jobs.next();
      }
    }
  } finally {
    await jobs.return(undefined);
  }
}

function orSilence<T>(next: Promise<T>): Promise<T | 'silence'> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<'silence'>((resolve) => {
    timer = setTimeout(() => resolve('silence'), keepAliveMs);
  });
  return Promise.race([next, silence]).finally(() => clearTimeout(timer));
}
