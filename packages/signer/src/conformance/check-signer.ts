import { askUntilKeyIsRead, type CheckContext, NonConformance } from './ask.js';
import { conformanceCases } from './cases.js';

export interface CaseResult {
  readonly name: string;
  readonly passed: boolean;
  /** What the signer did and what it should have done; null where it passed. */
  readonly detail: string | null;
}

/**
 * Runs each case against the signer. It has to have the context's issuer as its Latchkey. `onWait`: it keeps the keys of
 * an earlier check, and is asked again until it has read those of this one.
 */
export async function checkSigner(
  context: CheckContext,
  onResult: (result: CaseResult) => void = () => undefined,
  onWait: () => void = () => undefined,
): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  // One that gives no answer fails in each case.
  await askUntilKeyIsRead(context, onWait).catch(() => undefined);
  for (const { name, run } of conformanceCases) {
    const detail = await run(context).then(() => null, describe);
    const result = { name, passed: detail === null, detail };
    results.push(result);
    onResult(result);
  }
  return results;
}

function describe(error: unknown): string {
  if (error instanceof NonConformance) return error.message;
  const cause = error instanceof Error && error.cause instanceof Error ? ` (${error.cause.message})` : '';
  return `It gave no answer: ${error instanceof Error ? error.message : String(error)}${cause}.`;
}
