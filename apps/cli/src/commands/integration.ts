import type { Integration, PatchIntegration } from '@latchkey/contract/schemas/integration';
import type { Command } from 'commander';
import { CommandError } from '../command-error.js';
import type { CommandContext } from '../context.js';
import { gatewayFlag, gatewaysOf } from '../gateway-option.js';
import { findIntegration } from '../registration/targets.js';
import { clientOf, type ServerOptions, withServerOptions } from '../server-options.js';

interface Options extends ServerOptions {
  readonly json: boolean;
}

interface EditOptions extends Options {
  readonly allowedHost?: readonly string[];
  readonly gateway?: readonly string[];
}

const help = `
A list takes the place of the one before; "none" empties it.

Example:
  latchkey integration edit "Field cameras" --gateway https://data.example.com/=s3://example-data/`;

export function addIntegrationCommand(program: Command, context: CommandContext): void {
  const parent = program.command('integration').description('integrations, their hosts and their gateways');
  subcommand(parent, 'list', 'list the integrations that you are a member of').action(
    async (options: Options) =>
      print(await clientOf(options, context).getCloudIntegrations(), options, context),
  );
  subcommand(parent, 'edit <integration>', 'change an integration, by its title or UUID; for its admins')
    .option('--allowed-host <host...>', 'take URLs of these hosts alone; "none": of any')
    .option(
      gatewayFlag,
      'take URLs of these gateways without a signature: URL, or URL=BUCKET-URL; "none": of none',
    )
    .addHelpText('after', help)
    .action(async (titleOrUuid: string, options: EditOptions) => {
      const change = changeOf(options);
      const client = clientOf(options, context);
      const { integrationUuid } = await findIntegration(client, titleOrUuid);
      print([await client.changeCloudIntegration(integrationUuid, change)], options, context);
    });
}

const subcommand = (parent: Command, usage: string, description: string): Command =>
  withServerOptions(parent.command(usage).description(description)).option(
    '--json',
    'print JSON and nothing else',
    false,
  );

function changeOf({ allowedHost, gateway }: EditOptions): PatchIntegration {
  if (allowedHost === undefined && gateway === undefined) {
    throw new CommandError(
      'invalid_option',
      'Nothing would change.',
      'Add --allowed-host or --gateway with what the integration is to have.',
    );
  }
  return {
    ...(allowedHost !== undefined && { allowedHosts: listOf(allowedHost) }),
    ...(gateway !== undefined && { gateways: gatewaysOf(listOf(gateway)) }),
  };
}

const listOf = (given: readonly string[]): string[] =>
  given.length === 1 && given[0] === 'none' ? [] : [...given];

function print(integrations: readonly Integration[], { json }: Options, context: CommandContext): void {
  if (json) context.print(JSON.stringify(integrations));
  else if (integrations.length === 0) context.note('You are a member of no integration.');
  else for (const line of integrations.flatMap(linesOf)) context.print(line);
}

function linesOf({
  integrationUuid,
  title,
  strictClientOnly,
  allowedHosts,
  gateways,
}: Integration): string[] {
  return [
    `${integrationUuid}  ${title}${strictClientOnly ? ', strict client-only access' : ''}`,
    ...allowedHosts.map((host) => `  host     ${host}`),
    ...gateways.map(
      ({ url, bucketUrl }) => `  gateway  ${url}${bucketUrl === null ? '' : ` = ${bucketUrl}`}`,
    ),
  ];
}
