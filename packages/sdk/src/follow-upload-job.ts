import { followUploadJob as route } from '@latchkey/contract/routes/upload-jobs';
import type { UploadJob } from '@latchkey/contract/schemas/upload-job';
import { ApiError, ConnectionError } from './errors.js';
import type { JobAddress } from './job-address.js';
import { chunksOf, originOf } from './response-body.js';
import { delay } from './retry.js';
import { serverSentEvents } from './server-sent-events.js';
import type { Transport } from './transport.js';

export interface FollowOptions {
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds without a byte after which a connection counts as broken; the server sends some every 15 s. */
  readonly silenceMs?: number;
  /** Milliseconds before a connection that ended is made anew. */
  readonly pauseMs?: number;
}

const silenceMs = 40_000;
/** The first bytes come at once, unless a proxy holds them back. */
const firstSilenceMs = 10_000;
const pauseMs = 1000;
/** Connections in a row that gave no event. */
const fruitlessBorne = 2;

/**
 * An upload job now, and whenever it has moved on, until it has finished. The server ends a connection after some
 * minutes; then, and when it breaks, it is made anew.
 *
 * @throws ConnectionError when no connection gives an event; ApiError `unexpected_response` where something between
 * here and the server does not pass events on; the signal's reason when it was aborted.
 */
export async function* followUploadJob(
  transport: Transport,
  params: JobAddress,
  options: FollowOptions = {},
): AsyncGenerator<UploadJob, void, undefined> {
  let fruitless = 0;
  for (;;) {
    let failure: ConnectionError | undefined;
    try {
      for await (const job of jobsOfConnection(transport, params, options)) {
        fruitless = -1;
        yield job;
        if (job.status !== 'PENDING') return;
      }
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error;
      failure = error;
    }
    fruitless += 1;
    if (fruitless > fruitlessBorne) throw failure ?? notAStream(200);
    await delay(options.pauseMs ?? pauseMs, options.signal);
  }
}

async function* jobsOfConnection(
  transport: Transport,
  params: JobAddress,
  options: FollowOptions,
): AsyncGenerator<UploadJob, void, undefined> {
  const silence = silenceAfter(options.silenceMs ?? silenceMs, transport.url(route, { params }));
  const signal = options.signal ? AbortSignal.any([options.signal, silence.signal]) : silence.signal;
  try {
    const response = await transport.open(route, { params, signal });
    if (!response.headers.get('content-type')?.startsWith('text/event-stream')) {
      await response.body?.cancel();
      throw notAStream(response.status);
    }
    const chunks = heard(chunksOf(response, signal), silence.onSound);
    for await (const { name, data } of serverSentEvents(chunks))
      if (name === 'progress' || name === 'end') yield JSON.parse(data) as UploadJob;
  } finally {
    silence.stop();
  }
}

/** Aborts its signal when nothing was heard for the time. */
function silenceAfter(ms: number, url: string) {
  const controller = new AbortController();
  const onSilence = () =>
    controller.abort(new ConnectionError(originOf(url), new Error(`Silent for ${ms} ms.`)));
  let timer = setTimeout(onSilence, Math.min(ms, firstSilenceMs));
  const stop = () => clearTimeout(timer);
  const onSound = () => {
    stop();
    timer = setTimeout(onSilence, ms);
  };
  return { signal: controller.signal, onSound, stop };
}

async function* heard(
  chunks: AsyncIterable<Uint8Array>,
  onChunk: () => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const chunk of chunks) {
    onChunk();
    yield chunk;
  }
}

const notAStream = (status: number) =>
  new ApiError({
    status,
    code: 'unexpected_response',
    message: 'The server answered something that is not a stream of events.',
    hint: 'Check that the address is the one of a Latchkey server, and that no proxy holds its events back.',
  });
