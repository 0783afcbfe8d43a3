import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createIntegration, patchIntegration } from '@latchkey/contract/routes/integrations';
import { getSession } from '@latchkey/contract/routes/session';
import { startTestSystem, type TestSystem, type TestUser } from '@latchkey/testkit/start-system';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newIntegration } from './fixtures.js';

let webRoot: string;
let system: TestSystem;
beforeAll(async () => {
  webRoot = await mkdtemp(join(tmpdir(), 'latchkey-web-'));
  await mkdir(join(webRoot, 'assets'));
  await writeFile(join(webRoot, 'index.html'), '<!doctype html><title>page</title>');
  system = await startTestSystem({ webRoot });
});
afterAll(async () => {
  await system.close();
  await rm(webRoot, { recursive: true });
});

async function policyFor(user: TestUser): Promise<Record<string, string[]>> {
  const response = await fetch(system.baseUrl, { headers: { authorization: `Bearer ${user.token}` } });
  const policy = response.headers.get('content-security-policy') ?? '';
  return Object.fromEntries(
    policy.split('; ').map((directive) => {
      const [name = '', ...sources] = directive.trim().split(/ +/);
      return [name, sources];
    }),
  );
}

describe('the signer URL of an integration', () => {
  it('is kept as browsers write it, changed, and taken away', async () => {
    const made = await system.call(createIntegration, {
      body: { title: 'With a signer', signerUrl: 'https://Signer.example:443/sign' },
    });
    expect(made).toMatchObject({ status: 200, body: { signerUrl: 'https://signer.example/sign' } });
    const params = { integrationUuid: made.body.integrationUuid };
    const patch = (body: { title?: string; signerUrl?: string | null }) =>
      system.call(patchIntegration, { params, body });
    expect(await patch({ title: 'Still with a signer' })).toMatchObject({
      body: { signerUrl: 'https://signer.example/sign' },
    });
    expect(await patch({ signerUrl: 'http://127.0.0.1:9100/sign' })).toMatchObject({
      body: { signerUrl: 'http://127.0.0.1:9100/sign' },
    });
    expect(await patch({ signerUrl: null })).toMatchObject({ status: 200, body: { signerUrl: null } });
  });

  it.each([
    'signer.example/sign',
    'ftp://signer.example',
    'http://signer.example/sign',
    'https://user:secret@signer.example/sign',
    'https://signer.example/sign?code=secret',
    'https://signer.example/sign#secret',
  ])('is refused: %s', async (signerUrl) => {
    const answer = await system.call(createIntegration, { body: { title: signerUrl, signerUrl } });
    expect(answer).toMatchObject({
      status: 400,
      body: { code: 'invalid_request', details: { field: 'signerUrl' } },
    });
    expect(answer.body.message).toContain('Write it as https://signer.example.com/sign');
    expect(answer.body.message).not.toContain('secret');
  });

  it('lets the pages of the users of the integration ask the signer, and load from its allowed hosts', async () => {
    const user = await system.createUser();
    const signerUrl = 'https://signer.acme.example/v1/sign';
    await newIntegration(system, { signerUrl, allowedHosts: ['data.acme.example', '*.s3.example'] }, user);
    await newIntegration(system, { allowedHosts: ['unsigned.example'] }, user);
    const policy = await policyFor(user);
    const hosts = ['https://*.s3.example', 'https://data.acme.example'];
    expect(policy['connect-src']).toEqual(["'self'", ...hosts, 'https://signer.acme.example']);
    expect(policy['img-src']).toEqual(["'self'", 'data:', 'blob:', ...hosts]);
    expect(policy['media-src']).toEqual(["'self'", 'blob:', ...hosts]);
    expect((await system.call(getSession, { as: user })).body).toMatchObject({
      dataHosts: hosts,
      signerOrigins: ['https://signer.acme.example'],
    });
    const stranger = await system.createUser();
    expect((await policyFor(stranger))['connect-src']).toEqual(["'self'"]);
  });
});
