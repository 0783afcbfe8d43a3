import { runCommand } from '../src/run-command.js';

export interface CommandRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line in this process. */
export async function runLatchkey(
  args: readonly string[],
  options: {
    environment?: Record<string, string>;
    signal?: AbortSignal;
    onLine?: (line: string) => void;
    input?: string;
  } = {},
): Promise<CommandRun> {
  const output: Buffer[] = [];
  const notes: string[] = [];
  const exitCode = await runCommand(args, {
    environment: options.environment ?? {},
    print: (line) => {
      output.push(Buffer.from(`${line}\n`));
      options.onLine?.(line);
    },
    write: async (content) => void output.push(Buffer.from(content)),
    note: (line) => notes.push(line),
    readInput: async () => options.input ?? '',
    isInteractive: false,
    signal: options.signal ?? new AbortController().signal,
  });
  const stdout = Buffer.concat(output).toString().replace(/\n$/, '');
  return { exitCode, stdout, stderr: notes.join('\n') };
}
