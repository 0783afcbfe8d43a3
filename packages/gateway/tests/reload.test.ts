import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { join } from 'node:path';
import { connect, type PeerCertificate } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { get, raw } from './client.js';
import { s3, startTestBucket, startTestGateway } from './gateway-fixture.js';
import { temporaryDirectory } from './temporary-directory.js';

async function start(settings = {}) {
  const bucket = await startTestBucket();
  await bucket.putObject('a.txt', Buffer.from('content'), 'text/plain');
  return { bucket, ...(await startTestGateway(s3(bucket.origin), settings)) };
}

describe('a changed configuration', () => {
  it('that is not usable is told with its problem, and the one before stays', async () => {
    const { url, configFile, gateway, log } = await start();
    await writeFile(configFile, '{"listen": []}');
    await expect(gateway.reload()).rejects.toThrow(/listen: give at least one listener/);
    expect((await get(url, '/a.txt')).status).toBe(200);
    expect(log()).toContain('configuration not usable');
  });

  it('takes effect for hosts, origins and browsers while requests go on', async () => {
    const { url, bucket, write, gateway } = await start();
    let isDone = false;
    const outcomes = new Set<number>();
    const asking = (async () => {
      while (!isDone) outcomes.add((await get(url, '/a.txt')).status);
    })();
    for (let change = 0; change < 5; change += 1) {
      await write({ sites: [{ origin: s3(bucket.origin), browserTtl: `${change}m` }] });
      await gateway.reload();
    }
    isDone = true;
    await asking;
    expect([...outcomes]).toEqual([200]);
    expect((await get(url, '/a.txt')).headers['cache-control']).toBe('private, max-age=240');
    await write({ sites: [{ hosts: ['other.example.com'] }] });
    await gateway.reload();
    expect((await get(url, '/a.txt')).status).toBe(421);
  });

  it('never serves objects of one bucket from those cached of another', async () => {
    const { url, write, gateway } = await start();
    expect((await get(url, '/a.txt')).body.toString()).toBe('content');
    const second = await startTestBucket();
    await second.putObject('a.txt', Buffer.from('of the second'), 'text/plain');
    await write({ sites: [{ origin: s3(second.origin) }] });
    await gateway.reload();
    expect((await get(url, '/a.txt')).body.toString()).toBe('of the second');
  });

  it('goes on with cached objects under a new key', async () => {
    const { url, bucket, write, gateway } = await start();
    await get(url, '/a.txt');
    await write({ sites: [{ origin: s3(bucket.origin), timeout: '5s' }] });
    await gateway.reload();
    expect((await get(url, '/a.txt')).headers['x-cache-hit']).toBe('hit');
  });
});

function makeCertificate(directory: string, name: string): Record<string, string> {
  const certificateFile = join(directory, `${name}.crt`);
  const keyFile = join(directory, `${name}.key`);
  const options = [
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-days',
    '2',
    '-subj',
    `/CN=${name}`,
  ];
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      ...options,
      '-addext',
      `subjectAltName=DNS:${name}`,
      '-keyout',
      keyFile,
      '-out',
      certificateFile,
    ],
    { stdio: 'ignore' },
  );
  return { certificateFile, keyFile };
}

const certificateName = (port: number, servername: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', servername, rejectUnauthorized: false }, () => {
      const certificate: PeerCertificate = socket.getPeerCertificate();
      socket.destroy();
      resolve(String(certificate.subject.CN));
    });
    socket.on('error', reject);
  });

const getSecurely = (port: number, host: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const options = { port, host: '127.0.0.1', path: '/a.txt', headers: { host }, rejectUnauthorized: false };
    request({ ...options, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });

describe('HTTPS', () => {
  it('chooses the certificate by name, takes new ones, and redirects plain HTTP after the list', async () => {
    const directory = await temporaryDirectory();
    const [one, two] = [makeCertificate(directory, 'one.test'), makeCertificate(directory, 'two.test')];
    const listen = [
      { address: '127.0.0.1:0', certificates: [one, two] },
      { address: '127.0.0.1:0', redirectToHttps: true },
    ];
    const sites = [{ hosts: ['one.test', 'two.test'] }];
    const { gateway, write } = await start({ listen, sites });
    const [securePort = 0, plainPort = 0] = gateway.urls.map((url) => Number(new URL(url).port));
    expect(await certificateName(securePort, 'two.test')).toBe('two.test');
    expect(await certificateName(securePort, 'unknown.test')).toBe('one.test');
    expect(await certificateName(securePort, '')).toBe('one.test');
    expect(await getSecurely(securePort, 'two.test')).toBe(200);
    const ask = 'GET /a.txt?versionId=1 HTTP/1.1\r\nHost: one.test\r\nConnection: close\r\n\r\n';
    expect(await raw(plainPort, ask)).toMatch(
      /^HTTP\/1\.1 308 [\s\S]*Location: https:\/\/one\.test(:\d+)?\/a\.txt\?versionId=1\r\n/,
    );
    expect(await raw(plainPort, ask, '127.0.0.9')).toMatch(/^HTTP\/1\.1 403 /);
    await write({ listen: [{ ...listen[0], certificates: [two] }, listen[1] ?? {}], sites });
    await gateway.reload();
    expect(await certificateName(securePort, 'one.test')).toBe('two.test');
    expect(await certificateName(securePort, '')).toBe('two.test');
  });

  it('reads PROXY protocol before TLS', async () => {
    const certificates = [makeCertificate(await temporaryDirectory(), 'one.test')];
    const listen = [{ address: '127.0.0.1:0', certificates, proxyProtocol: true }];
    const sites = [{ hosts: ['one.test'] }];
    const { port } = await start({ listen, sites, allow: ['203.0.113.7'], trustedProxies: ['127.0.0.1'] });
    const { connect: connectPlain } = await import('node:net');
    const answerFor = (address: string): Promise<string> =>
      new Promise((resolve, reject) => {
        const plain = connectPlain(port, '127.0.0.1', () => {
          plain.write(`PROXY TCP4 ${address} 10.0.0.1 1 2\r\n`);
          const secure = connect({ socket: plain, servername: 'one.test', rejectUnauthorized: false });
          let text = '';
          secure.on('data', (chunk) => {
            text += chunk.toString();
          });
          secure.on('close', () => resolve(text)).on('error', reject);
          secure.write('GET /a.txt HTTP/1.1\r\nHost: one.test\r\nConnection: close\r\n\r\n');
        });
      });
    expect(await answerFor('203.0.113.7')).toMatch(/200 OK[\s\S]*content$/);
    expect(await answerFor('198.51.100.1')).toMatch(/403 Forbidden/);
  });
});
