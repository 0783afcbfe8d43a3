import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

/** Debian's Python, for which its packages are installed. */
const python = '/usr/bin/python3';

/** The standard output of a tool. A tool that is missing fails the test. */
export function run(tool: string, args: readonly string[], input = ''): string {
  return execFileSync(tool, args, {
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    stdio: 'pipe',
  });
}

export function ffmpeg(...parameters: readonly string[]): void {
  run('ffmpeg', ['-hide_banner', '-loglevel', 'error', '-nostdin', '-y', ...parameters]);
}

/** What a script of this folder answers to a request in JSON. */
export function askPython(script: string, request: unknown): unknown {
  const path = fileURLToPath(new URL(script, import.meta.url));
  return JSON.parse(run(python, [path], JSON.stringify(request)));
}

/** A file of the running test. */
export function temporaryFile(name: string, bytes: Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'probe-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}
