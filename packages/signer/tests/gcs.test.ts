import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OwnSigner, startOwnSigner } from './ask-own-signer.js';
import { type GcsOrigin, startGcsOrigin } from './gcs-origin.js';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const key = {
  type: 'service_account',
  client_email: 'signer@acme.iam.gserviceaccount.com',
  private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
};
const objects = new Map([
  ['a folder/é+(1)!.txt', 'now'],
  ['a folder/é+(1)!.txt?generation=1700000000000001', 'before'],
  ['other.txt', 'other'],
]);
const named = 'gs://acme/a%20folder/%C3%A9%2B%281%29%21.txt';
let directory: string;
let origin: GcsOrigin;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'latchkey-gcs-signer-'));
  await writeFile(join(directory, 'key.json'), JSON.stringify(key));
  origin = await startGcsOrigin('acme', key, objects);
});
afterAll(async () => {
  await origin.close();
  await rm(directory, { recursive: true });
});

const startGcsSigner = (expiresInSeconds?: number): Promise<OwnSigner> =>
  startOwnSigner({
    prefix: 'gs://acme/',
    store: {},
    environment: { GOOGLE_APPLICATION_CREDENTIALS: join(directory, 'key.json') },
    ...(expiresInSeconds !== undefined && { expiresInSeconds }),
  });

const answerTo = async (url: string, method = 'GET'): Promise<string> => {
  const [, path = ''] = url.split('https://storage.googleapis.com');
  const answer = await fetch(origin.endpoint + path, { method });
  const text = await answer.text();
  return answer.ok ? text : `${answer.status} ${/<Code>(\w+)/.exec(text)?.[1]}`;
};

describe('a signer of Google Cloud Storage', () => {
  it("gives the URL that Google's own client signs, which opens the object and no other", async () => {
    const url = await (await startGcsSigner()).urlOf(named);
    expect(await answerTo(url)).toBe('now');
    expect(await answerTo(url, 'PUT')).toBe('403 SignatureDoesNotMatch');
    for (const tampered of [
      url.replace(/\/a%20folder[^?]*/, '/other.txt'),
      url.replace('Expires=60', 'Expires=61'),
      url.replace('signer%40', 'other%40'),
      `${url}&generation=1700000000000001`,
      url.replace(/.{4}$/, (end) => (end === 'ffff' ? '0000' : 'ffff')),
    ]) {
      expect(tampered).not.toBe(url);
      expect(await answerTo(tampered)).toBe('403 SignatureDoesNotMatch');
    }
  });

  it('gives a URL that opens nothing once it is dead', async () => {
    const url = await (await startGcsSigner(1)).urlOf(named);
    await expect.poll(() => answerTo(url), { timeout: 5000 }).toBe('400 ExpiredToken');
  });

  it('gives a URL of the generation that is named, and of no other', async () => {
    const url = await (await startGcsSigner()).urlOf(`${named}?generation=1700000000000001`);
    expect(await answerTo(url)).toBe('before');
    expect(await answerTo(url.replace('generation=1700000000000001&', ''))).toBe('403 SignatureDoesNotMatch');
  });
});
