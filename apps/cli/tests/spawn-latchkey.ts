import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));

export interface SpawnedCommand {
  readonly process: ChildProcess;
  /** All that it has printed so far. */
  output(): string;
  /** Resolves with the first match in the output; rejects when the process ends before. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
  /** The exit code, or the name of the signal that ended it. */
  readonly ended: Promise<number | string>;
}

/** Runs the built command as a process of its own; it is killed when the test ends. */
export function spawnLatchkey(
  args: readonly string[],
  environment: Record<string, string> = {},
): SpawnedCommand {
  const { PATH = '', HOME = '', TMPDIR } = process.env;
  const env = { PATH, HOME, ...(TMPDIR && { TMPDIR }), ...environment };
  const child = spawn(process.execPath, [main, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      child.emit('printed');
    });
  const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | string);
  const printed = async (pattern: RegExp) => {
    for (;;) {
      const match = pattern.exec(output);
      if (match) return match;
      if (child.exitCode !== null || child.signalCode !== null)
        throw new Error(`The command ended without ${pattern}:\n${output}`);
      await Promise.race([once(child, 'printed'), ended]);
    }
  };
  return { process: child, output: () => output, printed, ended };
}
