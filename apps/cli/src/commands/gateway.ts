import type { Command } from 'commander';
import { CommandError } from '../command-error.js';
import type { CommandContext } from '../context.js';
import { exitCodes } from '../exit-codes.js';
import { addGatewayListCommands, configFileOf } from './gateway-list.js';

const help = `
The configuration is one file of YAML or JSON; docs/gateway.md lists its fields. It is read again when it changes and at
SIGHUP; if it is not usable then, the gateway goes on with the one before and logs why.

SIGINT and SIGTERM stop the gateway after the running answers, at most 10 s; a second signal ends it at once.

Exit codes:
  0  stopped by a signal, or done
  2  the configuration is not usable, or an address to listen on is taken`;

export function addGatewayCommand(program: Command, context: CommandContext): void {
  const gateway = program
    .command('gateway')
    .description('serve private buckets without signatures to the addresses on a list')
    .option('--config <file>', 'the configuration; needed by all of these commands')
    .addHelpText('after', help)
    .action((_options: unknown, command: Command) => serve(configFileOf(command), context));
  gateway
    .command('check')
    .description('read the configuration and say what is wrong with it')
    .action((_options: unknown, command: Command) => check(configFileOf(command), context));
  addGatewayListCommands(gateway, context);
}

async function check(file: string, context: CommandContext): Promise<void> {
  const { loadConfig } = await import('@latchkey/gateway/config/load-config');
  const { listen, sites, allow, allowCount } = await loadConfig(file, context.environment);
  const hosts = sites.flatMap((site) => site.hosts);
  context.print(
    `${file} is usable: ${listen.length} listener(s), ${sites.length} site(s) for ${hosts.join(', ')}, ${allowCount} allowed range(s).`,
  );
  if (allow.isEmpty) context.note('The list "allow" is empty: nobody is served.');
}

async function serve(configFile: string, context: CommandContext): Promise<void> {
  // Loaded here so that the other commands start without it.
  const { runGateway } = await import('@latchkey/gateway/run-gateway');
  const { environment } = context;
  const gateway = await runGateway({ configFile, environment }).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EADDRINUSE' || error.code === 'EACCES' ? cannotListen(error) : error;
  });
  // What was wrong with the file is in the log.
  context.onHangup?.(() => void gateway.reload().catch(() => undefined));
  context.note(`The gateway is ready at ${gateway.urls.join(', ')}`);
  if (gateway.adminUrl !== null) context.note(`Health and metrics at ${gateway.adminUrl}`);
  if (!context.signal.aborted) {
    await new Promise<void>((resolve) => {
      context.signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }
  await gateway.close();
}

const cannotListen = (cause: NodeJS.ErrnoException) =>
  new CommandError(
    'port_taken',
    cause.code === 'EACCES'
      ? 'The gateway may not listen on an address of its configuration.'
      : 'An address of the configuration is taken by another program.',
    'Choose other addresses in "listen" and "admin"; ports below 1024 need a privilege.',
    { exitCode: exitCodes.refused, cause },
  );
