import { createHash, generateKeyPairSync, verify } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openObjectStore } from '../src/open-object-store.js';

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** A file in a directory of its own, removed when the test ends. */
async function keyFile(content: object): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'latchkey-gcs-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  const path = join(directory, 'key.json');
  await writeFile(path, JSON.stringify(content));
  return path;
}

it('presigns with the key file of a service account', async () => {
  const path = await keyFile({
    type: 'service_account',
    client_email: 'scanner@acme.iam.gserviceaccount.com',
    private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
  });
  const environment = { GOOGLE_APPLICATION_CREDENTIALS: path };
  const store = await openObjectStore('gs://acme/img/', { environment });
  const url = await store.presign('img/a b.jpg', 3600);
  const [, query = '', date = '', signature = ''] =
    /\?(.*X-Goog-Date=(\w+).*)&X-Goog-Signature=([0-9a-f]+)$/.exec(url) ?? [];
  const canonical = `GET\n/acme/img/a%20b.jpg\n${query}\nhost:storage.googleapis.com\n\nhost\nUNSIGNED-PAYLOAD`;
  const digest = createHash('sha256').update(canonical).digest('hex');
  const text = `GOOG4-RSA-SHA256\n${date}\n${date.slice(0, 8)}/auto/storage/goog4_request\n${digest}`;
  expect(verify('sha256', Buffer.from(text), publicKey, Buffer.from(signature, 'hex'))).toBe(true);
  expect(store.objectUrl('img/a b.jpg')).toBe('https://storage.googleapis.com/acme/img/a%20b.jpg');
});

it('says that a user of Google has no key to sign with', async () => {
  const path = await keyFile({
    type: 'authorized_user',
    client_id: 'i',
    client_secret: 's',
    refresh_token: 't',
  });
  const store = await openObjectStore('gs://acme', { environment: { GOOGLE_APPLICATION_CREDENTIALS: path } });
  expect(store.maxExpirySeconds).toBeNull();
  await expect(store.presign('a.jpg', 60)).rejects.toThrow(expect.objectContaining({ code: 'cannot_sign' }));
});

it('names what it tried for a key file that is not there', async () => {
  const environment = { GOOGLE_APPLICATION_CREDENTIALS: '/no/such/key.json' };
  await expect(openObjectStore('gs://acme', { environment })).rejects.toThrow(
    expect.objectContaining({ code: 'no_credentials', message: expect.stringContaining('Tried:') }),
  );
});
