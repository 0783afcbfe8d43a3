import type { ObjectAnswer } from './ask-object.js';
import { type Circumstances, diagnose } from './diagnose.js';
import type { Verdict } from './failure.js';

/** What the loads of one object from one place showed. */
export interface Observations {
  /** Of a request for the first byte. */
  readonly answer: ObjectAnswer | null;
  /** Whether an image, video or audio element could load it; null: it was not tried. */
  readonly elementShows: boolean | null;
}

/** The worst that was seen. Needs no reason for a fault, unlike `diagnose`, which is asked after one. */
export function judge({ answer, elementShows }: Observations, given: Circumstances): Verdict {
  const failure = diagnose(answer, given);
  if (failure.kind !== 'unreadable' && failure.kind !== 'wrong-type') return failure;
  if (elementShows === false) return failure;
  // Browsers show some files whatever their type says; without an element only the type tells.
  if (failure.kind === 'wrong-type' && elementShows === null) return failure;
  if (answer?.kind !== 'answer') return failure;
  if (answer.status === 200) return { kind: 'no-ranges' };
  if (answer.status === 206 && answer.contentRange === null) return { kind: 'ranges-hidden' };
  return { kind: 'fine' };
}
