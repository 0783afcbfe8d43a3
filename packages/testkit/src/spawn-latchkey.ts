import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../../apps/cli/dist/main.js', import.meta.url));

export interface LatchkeyProcess {
  readonly process: ChildProcess;
  /** From the line `... is ready at ...`. */
  readonly url: string;
  /** Everything printed so far, on both streams. */
  readonly output: () => string;
  /** Ctrl-C, and the exit code. */
  stop(): Promise<number | null>;
}

export interface SpawnOptions {
  readonly command: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly nodeArguments?: readonly string[];
}

/** Starts the real command in a process of its own; resolves when it serves, rejects with its output if it exits. */
export async function spawnLatchkey({
  command,
  environment = {},
  nodeArguments = [],
}: SpawnOptions): Promise<LatchkeyProcess> {
  const child = spawn(process.execPath, [...nodeArguments, main, ...command], {
    env: { PATH: process.env['PATH'], TMPDIR: process.env['TMPDIR'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const url = new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        output += `${line}\n`;
        const ready = /is ready at (\S+)/.exec(line)?.[1];
        if (ready) resolve(ready);
      });
    }
    child.once('exit', (code) =>
      reject(new Error(`latchkey ${command.join(' ')} exited with ${code}:\n${output}`)),
    );
  });
  return { process: child, url: await url, output: () => output, stop: () => stop(child) };
}

async function stop(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const exited = once(child, 'exit');
    child.kill('SIGINT');
    await exited;
  }
  return child.exitCode;
}

/** Runs a command that ends by itself; answers what it printed, rejects with it unless it succeeds. */
export async function runLatchkeyCommand(
  command: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<string> {
  const child = spawn(process.execPath, [main, ...command], {
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text: Buffer) => {
      output += text.toString();
    });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`latchkey ${command.join(' ')} exited with ${code}:\n${output}`);
  return output;
}
