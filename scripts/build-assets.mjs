// The part of the build that tsc does not do: the web app, the template of the embedded database, and that the command
// can be run. Each of the first two is skipped while nothing that it is made of has changed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

function filesBelow(directory) {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

function run(directory, command, ...args) {
  const { status } = spawnSync(process.execPath, [command, ...args], {
    cwd: join(root, directory),
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
}

function buildWeb() {
  const sources = [
    'apps/web/src',
    'packages/contract/dist',
    'packages/sdk/dist',
    'packages/locator/dist',
    'packages/doctor/dist',
    'packages/manifest/dist',
    'packages/probe/dist',
  ]
    .flatMap((directory) => filesBelow(join(root, directory)))
    .filter((path) => !path.endsWith('.tsbuildinfo'));
  const inputs = [
    ...sources,
    ...[
      'apps/web/index.html',
      'apps/web/vite.config.ts',
      'apps/web/browser-only.ts',
      'apps/web/pre-compressed.ts',
      'package-lock.json',
    ].map((path) => join(root, path)),
  ];
  const hash = createHash('sha256');
  for (const path of inputs) hash.update(path.slice(root.length)).update(readFileSync(path));
  const digest = hash.digest('hex');
  const stamp = join(root, 'apps/web/dist/.build-inputs');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return;
  run('apps/web', join(root, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn');
  writeFileSync(stamp, digest);
}

// npm links the command before there is one, and tsc writes no programs: without this `npx latchkey` is refused.
chmodSync(join(root, 'apps/cli/dist/main.js'), 0o755);
run('packages/db', 'scripts/build-template.mjs');
buildWeb();
