import type { Command } from 'commander';
import { CommandError } from '../command-error.js';
import type { CommandContext } from '../context.js';
import { exitCodes } from '../exit-codes.js';
import { findWebRoot } from '../web-root.js';

const help = `
Settings are environment variables: LATCHKEY_HOST (127.0.0.1), LATCHKEY_PORT (8787), LATCHKEY_DATA_DIR
(./latchkey-data), DATABASE_URL, LATCHKEY_PUBLIC_URL, LATCHKEY_SECRET_KEY, LATCHKEY_PREVIOUS_SECRET_KEYS, LATCHKEY_LOG_LEVEL,
LATCHKEY_ADMIN_EMAIL with LATCHKEY_ADMIN_SSH_KEY or LATCHKEY_ADMIN_PASSWORD.

SIGINT and SIGTERM stop the server after the running requests; a second signal ends it at once.

Exit codes:
  0  stopped by a signal
  1  stopped by a fault
  2  did not start`;

export function addServeCommand(program: Command, context: CommandContext): void {
  program
    .command('serve')
    .description('run the server and the web app')
    .addHelpText('after', help)
    .action(() => serve(context));
}

async function serve(context: CommandContext): Promise<void> {
  // Loaded here so that the other commands start without it.
  const { runServer } = await import('@latchkey/server/run-server');
  const server = await runServer({
    environment: context.environment,
    webRoot: findWebRoot(context),
    print: context.print,
    signal: context.signal,
  }).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EADDRINUSE' ? portTaken(error) : error;
  });
  await server.closed.catch((cause: Error) => {
    throw new CommandError('stopped_by_fault', `The server stopped: ${cause.message}`, 'See its log.', {
      exitCode: exitCodes.stoppedByFault,
      cause,
    });
  });
}

const portTaken = (cause: Error) =>
  new CommandError(
    'port_taken',
    'The address of the server is taken by another program.',
    'Stop that program, or set LATCHKEY_PORT to another port.',
    { cause },
  );
