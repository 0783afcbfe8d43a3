import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach } from 'vitest';

/** A new directory for each test of the file; the database goes into `db`, so that its lock is seen beside it. */
export function useDataDirectory(): { readonly root: string; readonly dataDir: string } {
  let root = '';
  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'latchkey-pglite-'));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));
  return {
    get root() {
      return root;
    },
    get dataDir() {
      return path.join(root, 'db');
    },
  };
}

const scripts = fileURLToPath(new URL('./children/', import.meta.url));

export interface StartOptions {
  /** A program that runs Node, with its arguments. */
  readonly under?: readonly string[];
  readonly nodeArguments?: readonly string[];
}

/** Runs a script of `children/`. */
export function startChild(
  script: string,
  args: readonly string[],
  { under = [], nodeArguments = [] }: StartOptions = {},
): ChildProcess {
  const node = [process.execPath, ...nodeArguments, path.join(scripts, script), ...args];
  const [command = process.execPath, ...rest] = [...under, ...node];
  return spawn(command, rest, { stdio: ['pipe', 'pipe', 'inherit'] });
}

export function linesOf(child: ChildProcess): AsyncIterable<string> {
  if (child.stdout === null) throw new Error('The child has no output.');
  return createInterface({ input: child.stdout });
}

/** Resolves when the child prints the line, rejects when it ends without. */
export async function untilPrinted(child: ChildProcess, expected: string): Promise<void> {
  for await (const line of linesOf(child)) if (line === expected) return;
  throw new Error(`The child ended before it printed "${expected}".`);
}

export async function killChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

/** Lets the child close its database and end. */
export async function endChild(child: ChildProcess): Promise<number | null> {
  const exited = once(child, 'exit');
  child.stdin?.end();
  await exited;
  return child.exitCode;
}
