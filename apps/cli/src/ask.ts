import { createInterface } from 'node:readline/promises';

/** Asks on the terminal. The question goes to standard error, so that standard output holds the result alone. */
export function asker(
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
  signal: AbortSignal,
): (question: string) => Promise<string> {
  return async (question) => {
    const terminal = createInterface({ input, output });
    // At a terminal, readline takes Ctrl-C and Ctrl-D as keys: the one is a signal, the other ends the answers.
    terminal.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
    const ended = new Promise<never>((_, reject) => {
      terminal.on('close', () => reject(new Error('The answers ended.')));
    });
    try {
      return await Promise.race([terminal.question(question, { signal }), ended]);
    } finally {
      terminal.close();
    }
  };
}
