// Runs in a worker thread: hashing, unpacking, scanning and spooling would hold up the requests of everybody else.
import { parentPort, workerData } from 'node:worker_threads';
import { LatchkeyError } from '@latchkey/contract/errors';
import { receiveManifest } from '../receive.js';
import type { ReceiveReply, ReceiveRequest, ThreadOptions } from './messages.js';
import { spoolOpener } from './spool-opener.js';
import { toThreadError } from './thread-error.js';
import { threadKeys } from './thread-keys.js';

type Piece = Uint8Array<ArrayBuffer> | 'end' | 'cut';

/** The pieces of one body, in their order, for one reader. */
class Inbox {
  readonly #pieces: Piece[] = [];
  #wake: () => void = () => undefined;

  add(piece: Piece): void {
    this.#pieces.push(piece);
    this.#wake();
  }

  async next(): Promise<Piece> {
    for (;;) {
      const piece = this.#pieces.shift();
      if (piece !== undefined) return piece;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}

async function* bodyOf(
  inbox: Inbox,
  taken: (block: Uint8Array<ArrayBuffer>) => void,
): AsyncGenerator<Uint8Array> {
  for (;;) {
    const piece = await inbox.next();
    if (piece === 'end') return;
    if (piece === 'cut') throw new LatchkeyError('body_incomplete');
    yield piece;
    taken(piece);
  }
}

function serve(port: NonNullable<typeof parentPort>): void {
  const options = workerData as ThreadOptions;
  const { keys, take } = threadKeys(options);
  const openedSpool = spoolOpener(options, keys);
  const inboxes = new Map<number, Inbox>();
  const reply = (message: ReceiveReply, transfer: ArrayBuffer[] = []): void =>
    port.postMessage(message, transfer);
  const start = async ({ id, options }: ReceiveRequest & { kind: 'start' }): Promise<void> => {
    const inbox = new Inbox();
    inboxes.set(id, inbox);
    const body = bodyOf(inbox, (block) => reply({ id, kind: 'taken', block }, [block.buffer]));
    try {
      const received = await receiveManifest(await openedSpool(), body, options);
      reply({ id, kind: 'received', received });
    } catch (error) {
      reply({ id, kind: 'failed', error: toThreadError(error) });
    } finally {
      inboxes.delete(id);
    }
  };
  port.on('message', (request: ReceiveRequest) => {
    if (request.kind === 'keys') take(request);
    else if (request.kind === 'start') void start(request);
    else inboxes.get(request.id)?.add(request.kind === 'chunk' ? request.bytes : request.kind);
  });
}

if (parentPort !== null) serve(parentPort);
