import { testSigner } from '@latchkey/contract/routes/signers';
import { transport } from '../../../lib/api.js';
import { askWorker } from '../../../lib/ask-worker.js';
import type { SignerProblem } from '../../../lib/signer/signer-problem.js';
import type { TestAnswer } from './signer-test.worker.js';
import testerUrl from './signer-test.worker.ts?worker&url';

export type TestResult =
  | { readonly problem: SignerProblem }
  /** The object's URL, if one was asked for. */
  | { readonly signed: { readonly host: string; readonly freshUntil: number } | null };

/** The protocol as a viewer runs it, from a worker whose security policy knows the signer. */
export async function runSignerTest(integrationUuid: string, objectUrl: string): Promise<TestResult> {
  const objectUrls = objectUrl === '' ? [] : [objectUrl];
  const params = { integrationUuid };
  const grant = await transport.call(testSigner, { params, body: { objectUrls } });
  const answer = await askWorker<TestAnswer>(testerUrl, grant);
  if ('problem' in answer) return answer;
  const [outcome] = answer.outcomes.values();
  if (!outcome) return { signed: null };
  if ('problem' in outcome) return outcome;
  return { signed: { host: new URL(outcome.url).host, freshUntil: outcome.freshUntil } };
}
