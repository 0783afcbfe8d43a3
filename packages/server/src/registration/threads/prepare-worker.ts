// Runs in a worker thread: reading, checking and sealing a part takes tens of milliseconds of CPU.
import { parentPort, workerData } from 'node:worker_threads';
import { PartMemory } from '../part-memory.js';
import { preparePart } from '../prepare-part.js';
import type { DecideRows, PreparedPart, RowDecision } from '../prepared-part.js';
import type { PrepareReply, PrepareRequest, ThreadOptions } from './messages.js';
import { spoolOpener } from './spool-opener.js';
import { toThreadError } from './thread-error.js';
import { threadKeys } from './thread-keys.js';

const buffersOf = ({ rows: { items, members, ...survey } }: PreparedPart): ArrayBuffer[] =>
  [
    items.bytes,
    items.ends,
    members.bytes,
    members.ends,
    survey.indexes,
    survey.hashes,
    survey.firstRows,
    survey.expiries,
  ].map(({ buffer }) => buffer);

/** Null: the caller has given the part up. */
type Answer = (decision: RowDecision | null) => void;

function serve(port: NonNullable<typeof parentPort>): void {
  const options = workerData as ThreadOptions;
  const { keys, take } = threadKeys(options);
  const openedSpool = spoolOpener(options, keys);
  const memory = new PartMemory();
  const answers = new Map<number, Answer>();
  const reply = (message: PrepareReply, transfer: ArrayBuffer[] = []): void =>
    port.postMessage(message, transfer);
  const ask =
    (id: number): DecideRows =>
    (survey, unmeasured) =>
      new Promise((resolve, reject) => {
        answers.set(id, (decision) =>
          decision ? resolve(decision) : reject(new Error('The part was given up.')),
        );
        reply({ id, kind: 'survey', survey, unmeasured });
      });
  const answer = (id: number, decision: RowDecision | null): void => {
    answers.get(id)?.(decision);
    answers.delete(id);
  };
  const prepare = async ({ id, task }: PrepareRequest & { kind: 'prepare' }): Promise<PreparedPart> =>
    preparePart(await openedSpool(), keys, task, ask(id), memory);
  port.on('message', (request: PrepareRequest) => {
    if (request.kind === 'keys') {
      take(request);
      return;
    }
    if (request.kind === 'memory') {
      memory.giveBack(request.memory);
      return;
    }
    const { id } = request;
    if (request.kind === 'decided') answer(id, request.decision);
    else if (request.kind === 'abandon') answer(id, null);
    else
      prepare(request).then(
        (prepared) => reply({ id, kind: 'prepared', prepared }, buffersOf(prepared)),
        (error: unknown) => reply({ id, kind: 'failed', error: toThreadError(error) }),
      );
  });
}

if (parentPort !== null) serve(parentPort);
