import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';

/** Runs a program to its end and answers what it printed. @throws Error with its messages if it fails. */
export async function runCommand(
  program: string,
  parameters: readonly string[],
  options: { readonly output?: 'read' | 'ignore' } = {},
): Promise<string> {
  // A server that the program leaves behind would hold the pipes open: then they are not read.
  const stream = options.output === 'ignore' ? 'ignore' : 'pipe';
  const child = spawn(program, parameters, { stdio: ['ignore', stream, stream] });
  const exited = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  const read = (source: typeof child.stdout) => (source ? text(source) : Promise.resolve(''));
  const [code, output, messages] = await Promise.all([exited, read(child.stdout), read(child.stderr)]);
  if (code !== 0) throw new Error(`${program} ended with ${code}: ${messages.trim()}`);
  return output;
}
