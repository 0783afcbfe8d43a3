import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '@latchkey/testkit/free-port';

export interface Nginx {
  /** The files of the directory, as they are. */
  readonly originUrl: string;
  /** The same through `proxy_cache`. */
  readonly cacheUrl: string;
  stop(): Promise<void>;
}

/**
 * One nginx with one worker: an origin of files, and a cache before it. With `tcp_nopush on` the loopback's large packets
 * wait for each other and hits of 100 KB come eight times slower, which would flatter us.
 */
export async function startNginx(directory: string, files: string): Promise<Nginx> {
  const [originPort, cachePort] = [await freePort(), await freePort()];
  const originUrl = `http://127.0.0.1:${originPort}`;
  const stop = await run(directory, serversOfFiles(directory, files, originPort, cachePort), originUrl);
  return { originUrl, cacheUrl: `http://127.0.0.1:${cachePort}`, stop };
}

/** A cache before a server, which keeps what that server says, and asks it again with conditions. */
export async function startNginxCache(
  directory: string,
  originUrl: string,
): Promise<{ url: string; stop(): Promise<void> }> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const servers = `
  proxy_cache_path ${directory}/nginx-cache levels=1:2 keys_zone=objects:8m use_temp_path=off;
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass ${originUrl};
      proxy_cache objects;
      proxy_cache_revalidate on;
    }
  }`;
  return { url, stop: await run(directory, servers, url) };
}

/** @returns what stops it */
async function run(directory: string, servers: string, url: string): Promise<() => Promise<void>> {
  const configFile = join(directory, 'nginx.conf');
  await mkdir(join(directory, 'nginx-temporary'), { recursive: true });
  await writeFile(configFile, configuration(directory, servers));
  const child = spawn('nginx', ['-p', directory, '-c', configFile, '-g', 'daemon off;'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const exited = once(child, 'exit');
  await answers(url);
  return async () => {
    child.kill('SIGTERM');
    await exited;
  };
}

export const hasNginx = (): Promise<boolean> =>
  Promise.any(
    (process.env['PATH'] ?? '')
      .split(':')
      .concat('/usr/sbin')
      .map((folder) => access(join(folder, 'nginx'))),
  ).then(
    () => true,
    () => false,
  );

function configuration(directory: string, servers: string): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `  ${name}_temp_path ${directory}/nginx-temporary/${name};`)
    .join('\n');
  return `user ${process.getuid?.() === 0 ? 'root' : 'nobody'};
worker_processes 1;
pid ${directory}/nginx.pid;
error_log /dev/null crit;
events { worker_connections 4096; }
http {
${temporary}
  access_log off;
  sendfile on;
  tcp_nopush off;
  tcp_nodelay on;
  keepalive_requests 1000000;
  default_type application/octet-stream;
${servers}
}
`;
}

function serversOfFiles(directory: string, files: string, originPort: number, cachePort: number): string {
  return `
  proxy_cache_path ${directory}/nginx-cache levels=1:2 keys_zone=objects:32m max_size=20g use_temp_path=off;
  server {
    listen 127.0.0.1:${originPort};
    location / { root ${files}; }
  }
  upstream origin { server 127.0.0.1:${originPort}; keepalive 64; }
  server {
    listen 127.0.0.1:${cachePort};
    location / {
      proxy_pass http://origin;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_cache objects;
      proxy_cache_key $host$uri$is_args$args;
      proxy_cache_valid 200 1h;
      proxy_cache_lock on;
    }
  }`;
}

async function answers(url: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const isUp = await fetch(url).then(
      () => true,
      () => false,
    );
    if (isUp) return;
    await pause(50);
  }
  throw new Error('nginx did not start: its messages are above.');
}
