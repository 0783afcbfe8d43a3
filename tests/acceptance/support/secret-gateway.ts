import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { spawnLatchkey } from '@latchkey/testkit/spawn-latchkey';
import { mark, secretUrl } from './secret-urls.js';

/**
 * The gateway with a secret key, before a storage that throws everything back, asked with secrets wherever a client may
 * put them.
 * @returns all that it showed, by where
 */
export async function useSecretGateway(directory: string, storageUrl: string): Promise<Map<string, string>> {
  const config = join(directory, 'gateway.json');
  const key = { env: 'GATEWAY_KEY' };
  const origin = {
    type: 's3',
    endpoint: storageUrl,
    bucket: 'box',
    accessKeyId: key,
    secretAccessKey: key,
    sessionToken: key,
  };
  const settings = {
    listen: [{ address: '127.0.0.1:0' }],
    allow: ['127.0.0.1'],
    cache: { directory: join(directory, 'gateway-cache') },
    sites: [{ hosts: ['127.0.0.1'], origin }],
    log: { level: 'debug' },
  };
  await writeFile(config, JSON.stringify(settings));
  const gateway = await spawnLatchkey({
    command: ['gateway', '--config', config],
    environment: { GATEWAY_KEY: `${mark}6b6579` },
  });
  const shown = new Map<string, string>();
  const signed = secretUrl('', 1).replace(/^[^?]*/, '');
  const headers = { authorization: `Bearer ${mark}`, 'x-amz-security-token': mark, cookie: `a=${mark}` };
  for (const path of ['/forbidden', '/missing', '/busy', '/one.jpg', '/cut', '/%zz', '/../one.jpg'])
    for (const query of [signed, encodeURIComponent(signed), `?versionId=${mark}`]) {
      const answer = await fetch(`${gateway.url}${path}${query}`, { headers });
      const told = JSON.stringify([...answer.headers]);
      shown.set(
        `the gateway: ${path}${query.slice(0, 12)}`,
        `${answer.status} ${told} ${await answer.text()}`,
      );
    }
  await gateway.stop();
  return shown.set('the log of the gateway', gateway.output());
}
