import type { Item } from '@latchkey/contract/schemas/item';
import type { ItemsSignerGrant } from '@latchkey/contract/schemas/signer';
import { describe, expect, it } from 'vitest';
import type { SignerOutcome } from './ask-signer.js';
import { needsFreshUrl, type SignerDesk, withFreshUrls } from './fresh-urls.js';
import { SignerFailure } from './signer-problem.js';

const now = Date.parse('2026-03-01T12:00:00Z');
const inSeconds = (seconds: number) => new Date(now + seconds * 1000).toISOString();

const itemOf = (uuid: string, part: Partial<Item>): Item =>
  ({ uuid, signedUrl: `https://h/${uuid}`, expiresAt: null, expiryCertainty: null, ...part }) as Item;

interface Asked {
  readonly grants: string[][];
  readonly allowed: string[][];
}

/** A signer that knows every item but those of the name "other". */
function deskOf(
  outcomeOf: (object: string) => SignerOutcome,
  batch = 500,
): { desk: SignerDesk; asked: Asked } {
  const asked: Asked = { grants: [], allowed: [] };
  const desk: SignerDesk = {
    now: () => now,
    batch,
    grantFor: async (itemUuids) => {
      asked.grants.push([...itemUuids]);
      const items = itemUuids
        .filter((uuid) => !uuid.startsWith('other'))
        .map((itemUuid) => ({ itemUuid, object: `s3://b/${itemUuid}` }));
      return items.length === 0 ? [] : [{ integrationUuid: 'i', items } as unknown as ItemsSignerGrant];
    },
    ask: async ({ items }) => new Map(items.map(({ object }) => [object, outcomeOf(object)])),
    allowOrigins: async (_integration, origins) => void asked.allowed.push([...origins]),
  };
  return { desk, asked };
}

const fresh = (object: string): SignerOutcome => ({
  url: `https://fresh.example/${object.slice(7)}?sig=s`,
  freshUntil: now + 900_000,
});

describe('whether an item needs a fresh URL', () => {
  it.each([
    ['is unsigned', { expiryCertainty: null }, true],
    ['only names an object in a store', { signedUrl: 's3://b/k', expiryCertainty: null }, true],
    ['has expired', { expiryCertainty: 'exact', expiresAt: inSeconds(-1) }, true],
    ['is about to expire', { expiryCertainty: 'exact', expiresAt: inSeconds(59) }, true],
    ['lives', { expiryCertainty: 'exact', expiresAt: inSeconds(61) }, false],
    ['does not say when it expires', { expiryCertainty: 'unknown' }, false],
    ['is refused by its store', { expiryCertainty: 'malformed' }, true],
    ['is not there', { signedUrl: null }, false],
  ] as const)('is told where its URL %s', (_name, part, expected) => {
    expect(needsFreshUrl(itemOf('a', part), now)).toBe(expected);
  });
});

describe('fresh URLs', () => {
  it('are asked for in batches, for what needs them alone, and stay in the order of the items', async () => {
    const { desk, asked } = deskOf(fresh, 2);
    const lives = itemOf('lives', { expiryCertainty: 'exact', expiresAt: inSeconds(3600) });
    const items = [itemOf('a', {}), lives, itemOf('b', {}), itemOf('other', {}), itemOf('c', {})];
    const shown = await withFreshUrls(items, desk);
    expect(asked.grants).toEqual([
      ['a', 'b'],
      ['other', 'c'],
    ]);
    expect(asked.allowed).toEqual([['https://fresh.example'], ['https://fresh.example']]);
    expect(shown.map(({ signedUrl }) => signedUrl)).toEqual([
      'https://fresh.example/a?sig=s',
      'https://h/lives',
      'https://fresh.example/b?sig=s',
      'https://h/other',
      'https://fresh.example/c?sig=s',
    ]);
    expect(shown[0]).toMatchObject({ freshUntil: now + 900_000 });
  });

  it('are asked for whatever the expiry once a URL has failed', async () => {
    const { desk } = deskOf(fresh);
    const lives = itemOf('lives', { expiryCertainty: 'exact', expiresAt: inSeconds(3600) });
    expect((await withFreshUrls([lives], desk, true))[0]?.signedUrl).toBe(
      'https://fresh.example/lives?sig=s',
    );
  });

  it('leave a reason where the signer gives none, and where there is no signer for what only one can open', async () => {
    const refusal = { kind: 'object-refused', host: 's', code: 'forbidden', message: '' } as const;
    const { desk } = deskOf(() => ({ problem: refusal }));
    const items = [itemOf('a', {}), itemOf('other', { signedUrl: 'gs://b/k' }), itemOf('other2', {})];
    const shown = await withFreshUrls(items, desk);
    expect(shown.map(({ signerProblem }) => signerProblem)).toEqual([
      refusal,
      { kind: 'no-signer' },
      undefined,
    ]);
    expect(shown[2]?.signedUrl).toBe('https://h/other2');
  });

  it('leave the same reason to all items of a signer that gave no answer', async () => {
    const { desk } = deskOf(fresh);
    const problem = { kind: 'unreachable', host: 's' } as const;
    const silent = { ...desk, ask: () => Promise.reject(new SignerFailure(problem)) };
    const shown = await withFreshUrls([itemOf('a', {}), itemOf('b', {})], silent);
    expect(shown.map(({ signerProblem }) => signerProblem)).toEqual([problem, problem]);
    const broken = { ...desk, ask: () => Promise.reject(new Error('a fault of the page')) };
    await expect(withFreshUrls([itemOf('a', {})], broken)).rejects.toThrow('a fault of the page');
  });
});
