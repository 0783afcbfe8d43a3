import { runCommand } from '../src/run-command.js';

export interface CommandRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line in this process. */
export async function runLatchkey(
  args: readonly string[],
  options: { environment?: Record<string, string>; signal?: AbortSignal } = {},
): Promise<CommandRun> {
  const stdout: string[] = [];
  const stderr: string[] = [];
  const exitCode = await runCommand(args, {
    environment: options.environment ?? {},
    print: (line) => stdout.push(line),
    note: (line) => stderr.push(line),
    isInteractive: false,
    signal: options.signal ?? new AbortController().signal,
  });
  return { exitCode, stdout: stdout.join('\n'), stderr: stderr.join('\n') };
}
