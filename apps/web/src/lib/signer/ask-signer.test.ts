import { describe, expect, it } from 'vitest';
import { askSigner } from './ask-signer.js';
import { SignerFailure } from './signer-problem.js';

const now = Date.parse('2026-03-01T12:00:00Z');
const grant = {
  signerUrl: 'https://signer.example/sign',
  token: 'a.b.c',
  objects: ['s3://acme/1', 's3://acme/2'],
  allowedHosts: ['*.acme.example'],
};
const good = { url: 'https://data.acme.example/1?sig=s', expiresAt: '2026-03-01T12:15:00Z' };
const answerOf = (objects: unknown[], version: unknown = 1) => Response.json({ version, objects });
const [first, second] = grant.objects;

interface Sent {
  readonly url: string;
  readonly init: RequestInit;
}

function ask(answer: (sent: Sent) => Response | Promise<Response>, sent: Sent[] = []) {
  const fetchSigner = async (url: unknown, init: RequestInit = {}) => {
    sent.push({ url: String(url), init });
    return answer({ url: String(url), init });
  };
  const { signal } = new AbortController();
  return askSigner(grant, { fetchSigner: fetchSigner as typeof fetch, signal, now: () => now });
}

const problemOf = async (answer: (sent: Sent) => Response | Promise<Response>) =>
  ask(answer).then(
    () => null,
    (error: unknown) => (error instanceof SignerFailure ? error.problem : error),
  );

describe('asking a signer', () => {
  it('sends the objects and the token, and nothing else of the page', async () => {
    const sent: Sent[] = [];
    const outcomes = await ask(
      () =>
        answerOf([
          { object: first, ...good },
          { object: second, error: { code: 'forbidden', message: 'Not you.' } },
        ]),
      sent,
    );
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({
      url: grant.signerUrl,
      init: {
        method: 'POST',
        mode: 'cors',
        credentials: 'omit',
        redirect: 'error',
        referrerPolicy: 'no-referrer',
        headers: { authorization: 'Bearer a.b.c', 'content-type': 'application/json' },
        body: JSON.stringify({ version: 1, objects: grant.objects }),
      },
    });
    expect([...outcomes]).toEqual([
      [first, { url: good.url, freshUntil: Date.parse(good.expiresAt) }],
      [
        second,
        {
          problem: { kind: 'object-refused', host: 'signer.example', code: 'forbidden', message: 'Not you.' },
        },
      ],
    ]);
  });

  it('takes no URL at a host that the integration does not allow, and none that is dead', async () => {
    const outcomes = await ask(() =>
      answerOf([
        { object: first, ...good, url: 'https://evil.example/1' },
        { object: second, ...good, expiresAt: '2026-03-01T11:59:00Z' },
      ]),
    );
    expect([...outcomes.values()]).toMatchObject([
      { problem: { kind: 'host-not-allowed', urlHost: 'evil.example' } },
      { problem: { kind: 'dead-url' } },
    ]);
  });

  it.each([
    ['no JSON', () => new Response('<html>')],
    ['another version', () => answerOf([], 2)],
    ['too few objects', () => answerOf([{ object: first, ...good }])],
    [
      'another order',
      () =>
        answerOf([
          { object: second, ...good },
          { object: first, ...good },
        ]),
    ],
    [
      'a script as URL',
      () => answerOf([first, second].map((object) => ({ object, ...good, url: 'javascript:1' }))),
    ],
    ['no expiry', () => answerOf([first, second].map((object) => ({ object, url: good.url })))],
  ])('calls an answer malformed that has %s', async (_name, answer) => {
    expect(await problemOf(answer)).toMatchObject({ kind: 'malformed', host: 'signer.example' });
  });

  it('repeats what a signer says that refuses', async () => {
    const body = { error: { code: 'invalid_token', message: 'The token has expired.' } };
    expect(await problemOf(() => Response.json(body, { status: 401 }))).toEqual({
      kind: 'refused',
      host: 'signer.example',
      status: 401,
      code: 'invalid_token',
      message: 'The token has expired.',
    });
    expect(await problemOf(() => new Response('', { status: 502 }))).toMatchObject({
      status: 502,
      code: null,
    });
  });

  it('tells missing CORS headers from a signer that is not there, without sending the token twice', async () => {
    const sent: Sent[] = [];
    const noCors = ({ init }: Sent) => {
      if (init.mode === 'cors') throw new TypeError('Failed to fetch');
      return new Response(null);
    };
    await expect(ask(noCors, sent)).rejects.toThrow(SignerFailure);
    expect(await problemOf(noCors)).toEqual({ kind: 'no-cors', host: 'signer.example' });
    expect(sent[1]?.init.headers).toBeUndefined();
    const gone = () => Promise.reject(new TypeError('Failed to fetch'));
    expect(await problemOf(gone)).toEqual({ kind: 'unreachable', host: 'signer.example' });
  });
});
