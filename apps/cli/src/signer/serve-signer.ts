import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { CommandError } from '../command-error.js';
import type { CommandContext } from '../context.js';

/** Serves until a signal. Throws `CommandError`. */
export async function serveSigner(path: string, context: CommandContext): Promise<void> {
  // Loaded here so that the other commands start without them.
  const { readSignerConfig } = await import('@latchkey/signer/config');
  const { startSigner } = await import('@latchkey/signer/start-signer');
  const { storesOf } = await import('@latchkey/signer/open-store');
  const text = readSettings(path);
  const config = named(path, () => readSignerConfig(text));
  const signer = await startSigner({
    config,
    openStore: storesOf(context.environment),
    log: (line) => context.print(JSON.stringify({ time: new Date().toISOString(), ...line })),
  }).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'EADDRINUSE') throw cause;
    const message = 'The address of the signer is taken by another program.';
    throw new CommandError('port_taken', message, 'Stop that program, or set another "port".', { cause });
  });
  context.note(`The signer is ready at ${signer.address}`);
  if (!context.signal.aborted) await once(context.signal, 'abort');
  await signer.close();
}

function readSettings(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? 'unknown reason';
    throw new CommandError(
      'file_unreadable',
      `The settings ${path} cannot be read (${reason}).`,
      'Give the path of a JSON file, as docs/signer.md describes it.',
      { cause },
    );
  }
}

function named<Result>(path: string, read: () => Result): Result {
  try {
    return read();
  } catch (cause) {
    if (!(cause instanceof Error) || cause.name !== 'SignerConfigError') throw cause;
    throw new CommandError(
      'invalid_option',
      `${path}: ${cause.message}`,
      'docs/signer.md lists the settings.',
      {
        cause,
      },
    );
  }
}
