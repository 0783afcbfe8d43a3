import type { Command } from 'commander';
import { CommandError } from '../command-error.js';
import type { CommandContext } from '../context.js';

/** Of the option of `latchkey gateway`, before or behind the name of one of its commands. */
export function configFileOf(command: Command): string {
  const { config } = command.optsWithGlobals<{ config?: string }>();
  if (config !== undefined) return config;
  throw new CommandError('invalid_option', 'No configuration is named.', 'Give it by --config FILE.');
}

/** A running gateway reads its file again when it changes, so these take effect at once. */
export function addGatewayListCommands(gateway: Command, context: CommandContext): void {
  gateway
    .command('allow <cidr>')
    .description('add an address or a range to the list in the configuration')
    .option('--comment <text>', 'who that is, kept in the file (YAML only)')
    .action((cidr: string, options: { comment?: string }, command: Command) =>
      allow(configFileOf(command), cidr, options.comment ?? null, context),
    );
  gateway
    .command('deny <cidr>')
    .description('remove an address or a range from the list')
    .action((cidr: string, _options: unknown, command: Command) =>
      deny(configFileOf(command), cidr, context),
    );
  gateway
    .command('list')
    .description('print the list')
    .option('--json', 'print JSON', false)
    .action((options: { json: boolean }, command: Command) =>
      list(configFileOf(command), options.json, context),
    );
}

const edits = () => import('@latchkey/gateway/allow-list/edit-allow-list');

async function allow(
  file: string,
  cidr: string,
  comment: string | null,
  context: CommandContext,
): Promise<void> {
  const { allowRange } = await edits();
  const { isChanged, covering } = await allowRange(file, cidr, comment).catch(asInvalid);
  context.print(isChanged ? `Added ${cidr}.` : `${cidr} is allowed already by ${covering.join(', ')}.`);
}

async function deny(file: string, cidr: string, context: CommandContext): Promise<void> {
  const { denyRange } = await edits();
  const { isChanged, covering } = await denyRange(file, cidr).catch(asInvalid);
  if (!isChanged && covering.length > 0) {
    throw new CommandError(
      'invalid_option',
      `${cidr} is no entry of the list, but these allow addresses of it: ${covering.join(', ')}.`,
      'Remove those, and allow what of them shall stay.',
    );
  }
  context.print(isChanged ? `Removed ${cidr}.` : `${cidr} was not on the list.`);
  if (covering.length > 0) context.note(`Addresses of it are still allowed by ${covering.join(', ')}.`);
}

async function list(file: string, isJson: boolean, context: CommandContext): Promise<void> {
  const { listAllowed } = await edits();
  const entries = await listAllowed(file);
  if (isJson) return context.print(JSON.stringify(entries));
  if (entries.length === 0) context.note('The list is empty: nobody is served.');
  for (const { text, comment } of entries) context.print(comment === null ? text : `${text}  # ${comment}`);
}

function asInvalid(error: unknown): never {
  if (!(error instanceof Error) || error.name !== 'AddressRangeError') throw error;
  throw new CommandError('invalid_option', error.message, '', { cause: error });
}
