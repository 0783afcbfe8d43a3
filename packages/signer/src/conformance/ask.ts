import { readSignerRefusal } from '@latchkey/contract/signer-answer';
import type { TestIssuer } from './test-issuer.js';

/** What a case has to work with. */
export interface CheckContext {
  readonly signerUrl: string;
  readonly issuer: TestIssuer;
  /** One that the signer signs for the integration and the user. */
  readonly object: string;
  readonly fetchSigner: typeof fetch;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** The signer does not keep to the specification. The message says what it did and what it should do. */
export class NonConformance extends Error {
  override readonly name = 'NonConformance';
}

interface Asked {
  readonly token: string | null;
  readonly objects?: readonly string[];
  /** In the place of the request. */
  readonly body?: string;
}

export async function ask(context: CheckContext, { token, objects, body }: Asked): Promise<Answer> {
  const response = await context.fetchSigner(context.signerUrl, {
    method: 'POST',
    redirect: 'manual',
    signal: AbortSignal.timeout(30_000),
    headers: {
      origin: context.issuer.origin,
      'content-type': 'application/json',
      ...(token !== null && { authorization: `Bearer ${token}` }),
    },
    body: body ?? JSON.stringify({ version: 1, objects }),
  });
  const answer: unknown = await response.json().catch(() => null);
  return { status: response.status, headers: response.headers, body: answer };
}

/** Asks with the issuer's key until the signer has read it, for a minute; the last answer. */
export async function askUntilKeyIsRead(
  context: CheckContext,
  onWait: () => void = () => undefined,
): Promise<Answer> {
  const deadline = Date.now() + 60_000;
  for (let asked = 1; ; asked += 1) {
    const answer = await ask(context, { token: await context.issuer.token([]), objects: [] });
    if (answer.status !== 401 || Date.now() > deadline) return answer;
    if (asked === 1) onWait();
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

export function expectStatus({ status }: Answer, ...allowed: number[]): void {
  if (!allowed.includes(status))
    throw new NonConformance(`It answered ${status}; it has to answer ${allowed.join(' or ')}.`);
}

/** A refusal with a status and a code, which the page may read. */
export function expectRefusal(
  context: CheckContext,
  answer: Answer,
  code: string,
  ...statuses: number[]
): void {
  expectStatus(answer, ...statuses);
  const refusal = readSignerRefusal(answer.body);
  if (refusal === null)
    throw new NonConformance('Its body is not { "error": { "code": "...", "message": "..." } }.');
  if (refusal.code !== code)
    throw new NonConformance(`Its code is "${refusal.code}"; it has to be "${code}".`);
  expectReadable(context, answer);
}

/** Without this header the browser keeps the answer from the page. */
export function expectReadable({ issuer }: CheckContext, { headers }: Pick<Answer, 'headers'>): void {
  const allowed = headers.get('access-control-allow-origin');
  if (allowed !== issuer.origin)
    throw new NonConformance(
      `Its Access-Control-Allow-Origin is ${allowed ?? 'not there'}; it has to be ${issuer.origin}.`,
    );
}
