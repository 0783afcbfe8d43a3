import {
  type AnsweredObject,
  MalformedAnswerError,
  readSignerAnswer,
} from '@latchkey/contract/signer-answer';
import {
  type Answer,
  ask,
  askUntilKeyIsRead,
  type CheckContext,
  expectReadable,
  expectRefusal,
  expectStatus,
  NonConformance,
} from './ask.js';
import type { TokenChanges } from './test-issuer.js';

export interface ConformanceCase {
  readonly name: string;
  /** Throws `NonConformance`. */
  readonly run: (context: CheckContext) => Promise<void>;
}

const otherOrigin = 'https://another-page.example';
/** No policy allows them. */
const strangers = (count: number) =>
  Array.from({ length: count }, (_, index) => `s3://latchkey-conformance-no-such-bucket/${index}`);

/** The object with a version that no store has made. */
function noSuchVersion(object: string): string {
  const [base = ''] = object.split('?', 1);
  if (base.startsWith('gs://')) return `${base}?generation=1`;
  if (base.startsWith('az://')) return `${base}?versionid=2000-01-01T00%3A00%3A00.0000000Z`;
  return `${base}?versionId=latchkey-conformance-no-such-version`;
}

const preflight = async ({ signerUrl, fetchSigner }: CheckContext, origin: string): Promise<Response> =>
  fetchSigner(signerUrl, {
    method: 'OPTIONS',
    signal: AbortSignal.timeout(30_000),
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type',
    },
  });

const listed = (headers: Headers, name: string) =>
  (headers.get(name) ?? '').split(',').map((item) => item.trim().toLowerCase());

function readAnswer(answer: Answer, objects: readonly string[]): AnsweredObject[] {
  expectStatus(answer, 200);
  try {
    return readSignerAnswer(answer.body, objects);
  } catch (error) {
    if (error instanceof MalformedAnswerError) throw new NonConformance(error.message);
    throw error;
  }
}

async function signed(context: CheckContext): Promise<{ url: string; expiresAt: string }> {
  const objects = [context.object];
  const answer = await ask(context, { token: await context.issuer.token(objects), objects });
  const [object] = readAnswer(answer, objects);
  if (!object || 'error' in object)
    throw new NonConformance(
      `It gives no URL of the object (${object?.error.code}: ${object?.error.message}). Name one that its policy allows for the integration and the user.`,
    );
  expectReadable(context, answer);
  return object;
}

/** A token that is wrong in one way, for an object that would be signed. */
const refusesToken = (name: string, changes: () => TokenChanges): ConformanceCase => ({
  name: `refuses ${name}`,
  run: async (context) => {
    const objects = [context.object];
    const token = await context.issuer.token(objects, changes());
    expectRefusal(context, await ask(context, { token, objects }), 'invalid_token', 401);
  },
});

const refusesTampered = (
  name: string,
  tamper: (parts: [string, string, string]) => string,
): ConformanceCase => ({
  name: `refuses ${name}`,
  run: async (context) => {
    const objects = [context.object];
    const [header = '', payload = '', signature = ''] = (await context.issuer.token(objects)).split('.');
    const token = tamper([header, payload, signature]);
    expectRefusal(context, await ask(context, { token, objects }), 'invalid_token', 401);
  },
});

const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const claimsIn = (payload: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
const seconds = () => Math.floor(Date.now() / 1000);

/** In the order of docs/signer.md. Each is independent of the others. */
export const conformanceCases: readonly ConformanceCase[] = [
  {
    name: 'lets the pages of Latchkey ask (CORS preflight)',
    run: async (context) => {
      const { status, headers } = await preflight(context, context.issuer.origin);
      if (status !== 200 && status !== 204)
        throw new NonConformance(`It answered ${status}; it has to answer 200 or 204.`);
      expectReadable(context, { headers });
      if (!listed(headers, 'access-control-allow-methods').includes('post'))
        throw new NonConformance('Its Access-Control-Allow-Methods does not list POST.');
      const allowed = listed(headers, 'access-control-allow-headers');
      if (!allowed.includes('authorization') || !allowed.includes('content-type'))
        throw new NonConformance(
          'Its Access-Control-Allow-Headers does not list authorization and content-type.',
        );
    },
  },
  {
    name: 'lets no other page ask (CORS preflight)',
    run: async (context) => {
      const allowed = (await preflight(context, otherOrigin)).headers.get('access-control-allow-origin');
      if (allowed === '*' || allowed === otherOrigin)
        throw new NonConformance(
          `Its Access-Control-Allow-Origin is ${allowed} for the page of another origin.`,
        );
    },
  },
  {
    name: 'signs an object for a valid token',
    run: async (context) => {
      const { expiresAt } = await signed(context);
      if (Date.parse(expiresAt) <= Date.now())
        throw new NonConformance(`The URL is said to be dead already, at ${expiresAt}. Check its clock.`);
    },
  },
  {
    name: 'gives a URL that opens the object by ranges',
    run: async (context) => {
      const { url } = await signed(context);
      const headers = { range: 'bytes=0-0', origin: context.issuer.origin };
      const response = await context.fetchSigner(url, { headers, signal: AbortSignal.timeout(30_000) });
      await response.body?.cancel();
      if (response.status !== 206)
        throw new NonConformance(`The store answered ${response.status} to a range; it has to answer 206.`);
    },
  },
  {
    name: 'gives no URL of the current version for another that is named',
    run: async (context) => {
      const objects = [noSuchVersion(context.object)];
      const answer = await ask(context, { token: await context.issuer.token(objects), objects });
      const [object] = readAnswer(answer, objects);
      if (!object || 'error' in object) return;
      const response = await context.fetchSigner(object.url, { signal: AbortSignal.timeout(30_000) });
      await response.body?.cancel();
      if (response.ok)
        throw new NonConformance(
          `Asked for a version that is not there, it gave a URL that opens something (${response.status}). It has to sign the version, or to answer "unsupported".`,
        );
    },
  },
  {
    name: 'answers a valid token without objects by an empty list',
    run: async (context) => {
      readAnswer(await ask(context, { token: await context.issuer.token([]), objects: [] }), []);
    },
  },
  {
    name: 'answers object by object, in order, and refuses what its policy does not allow',
    run: async (context) => {
      const objects = [...strangers(1), context.object];
      const answer = await ask(context, { token: await context.issuer.token(objects), objects });
      const [stranger, known] = readAnswer(answer, objects);
      if (!stranger || !('error' in stranger))
        throw new NonConformance('It gave a URL of a bucket that is not there.');
      if (!known || 'error' in known) throw new NonConformance('It refused both, because of one.');
    },
  },
  {
    name: 'takes 500 objects',
    run: async (context) => {
      const objects = strangers(500);
      readAnswer(await ask(context, { token: await context.issuer.token(objects), objects }), objects);
    },
  },
  {
    name: 'refuses 10,001 objects',
    run: async (context) => {
      const objects = strangers(10_001);
      const answer = await ask(context, { token: await context.issuer.token(objects), objects });
      expectRefusal(context, answer, 'too_many_objects', 413);
    },
  },
  {
    name: 'refuses a request without a token, and says so to the browser',
    run: async (context) => {
      const answer = await ask(context, { token: null, objects: [context.object] });
      expectRefusal(context, answer, 'invalid_token', 401);
      if (!/^bearer\b/i.test(answer.headers.get('www-authenticate') ?? ''))
        throw new NonConformance('It has no WWW-Authenticate: Bearer.');
    },
  },
  refusesToken('a token for another audience', () => ({ claims: { aud: 'https://another-signer.example' } })),
  refusesToken('a token of another issuer', () => ({ claims: { iss: 'https://another-latchkey.example' } })),
  refusesToken('an expired token', () => ({ claims: { iat: seconds() - 600, exp: seconds() - 480 } })),
  refusesToken('a token of another type', () => ({ type: 'JWT' })),
  refusesToken('a token of another scope', () => ({ claims: { scope: 'objects:write' } })),
  refusesToken('a token of a key that is not published', () => ({ signWith: 'unknown-key' })),
  refusesToken('a token of another key under the name of a published one', () => ({
    signWith: 'unknown-key-by-known-name',
  })),
  refusesTampered('a token that was changed', ([header, payload, signature]) => {
    const changed = { ...claimsIn(payload), email: 'another@example.com' };
    return `${header}.${base64(changed)}.${signature}`;
  }),
  refusesTampered('a token without a signature ("alg": "none")', ([, payload]) => {
    return `${base64({ alg: 'none', typ: 'latchkey-signer+jwt' })}.${payload}.`;
  }),
  {
    name: 'refuses an object outside the token',
    run: async (context) => {
      const token = await context.issuer.token(strangers(1));
      const answer = await ask(context, { token, objects: [...strangers(1), context.object] });
      expectRefusal(context, answer, 'objects_not_in_token', 403);
    },
  },
  {
    name: 'refuses a version that it does not know',
    run: async (context) => {
      const body = JSON.stringify({ version: 99, objects: [context.object] });
      const answer = await ask(context, { token: await context.issuer.token([context.object]), body });
      expectRefusal(context, answer, 'invalid_request', 400);
    },
  },
  {
    name: 'refuses a body that is not JSON',
    run: async (context) => {
      const answer = await ask(context, { token: await context.issuer.token([]), body: '{' });
      expectRefusal(context, answer, 'invalid_request', 400, 415);
    },
  },
  {
    name: 'accepts a new key within a minute of its publication',
    run: async (context) => {
      await context.issuer.rotate();
      const { status } = await askUntilKeyIsRead(context);
      if (status !== 200) throw new NonConformance(`It still answers ${status} to a token of the new key.`);
    },
  },
];
