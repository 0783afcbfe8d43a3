import type { SignerGrant } from '@latchkey/contract/schemas/signer';
import { askSigner, type SignerOutcome } from '../../../lib/signer/ask-signer.js';
import { SignerFailure, type SignerProblem } from '../../../lib/signer/signer-problem.js';

export type TestAnswer =
  | { readonly outcomes: ReadonlyMap<string, SignerOutcome> }
  | { readonly problem: SignerProblem };

self.addEventListener('message', async ({ data, ports }) => {
  ports[0]?.postMessage(await runTest(data as SignerGrant));
});

async function runTest(grant: SignerGrant): Promise<TestAnswer> {
  const { signal } = new AbortController();
  try {
    return { outcomes: await askSigner(grant, { fetchSigner: fetch.bind(self), signal, now: Date.now }) };
  } catch (error) {
    if (error instanceof SignerFailure) return { problem: error.problem };
    throw error;
  }
}
