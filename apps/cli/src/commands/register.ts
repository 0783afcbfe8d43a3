import { limits } from '@latchkey/contract/limits';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { CommandContext } from '../context.js';
import { type ExitCode, exitCodes } from '../exit-codes.js';
import { followHint, followJob } from '../registration/follow.js';
import { type RegistrationRequest, startRegistration } from '../registration/register-manifest.js';
import { exitCodeOf, resultForPrograms, resultLines } from '../registration/result.js';
import { clientOf, type ServerOptions, withServerOptions } from '../server-options.js';

export interface RegisterOptions extends ServerOptions, Omit<RegistrationRequest, 'manifestPath'> {
  readonly json: boolean;
  readonly wait: boolean;
}

const help = `
Ctrl-C ends the command, not the upload job.

When the connection breaks while the manifest is sent, it is sent again with the same idempotency key, and a job that
has started already is followed. --idempotency-key does so across commands, for a script that repeats a failed one: the
key stands for one manifest with its folder, integration and options.

Exit codes:
  0    all units are registered, or were known already
  1    some units failed
  2    refused: wrong options, not a manifest, no permission
  3    the server could not be reached
  4    the upload job was cancelled
  130  interrupted with Ctrl-C

Examples:
  latchkey register streets.json --folder Streets --integration "Field cameras"
  latchkey register streets.json --folder Streets --integration "Field cameras" --ignore-errors --json`;

export function addRegisterCommand(
  program: Command,
  context: CommandContext,
  finish: (exitCode: ExitCode) => void,
): void {
  const command = program
    .command('register')
    .description('register the files that a manifest lists')
    .argument(
      '<manifest>',
      'path of the manifest (JSON; NDJSON as .ndjson or .jsonl; CSV as .csv or .tsv; packed as .gz)',
    )
    .requiredOption('--folder <name-or-uuid>', 'top-level folder by name, or any folder by UUID')
    .requiredOption('--integration <title-or-uuid>', 'direct access integration')
    .addOption(new Option('--create-folder', 'create the folder when no folder has its name').default(true))
    .option('--no-create-folder', 'refuse when no folder has its name')
    .option('--ignore-errors', 'register what can be registered; without it all or nothing', false)
    .option('--skip-duplicate-urls', 'leave out what the folder has, as the flag in a manifest does')
    .option('--upsert-metadata', 'with it, give known items the metadata of the manifest')
    .option(
      '--allow-expired-urls',
      'register units whose URL is dead already, as the flag in a manifest does',
    )
    .option('--idempotency-key <key>', 'start no second job when the command is repeated with it', readKey)
    .option('--json', 'print one JSON object and nothing else', false)
    .option('--no-wait', 'start the upload job and do not wait for its end')
    .addHelpText('after', help);
  withServerOptions(command).action(async (manifestPath: string, options: RegisterOptions) => {
    finish(await register(manifestPath, options, context));
  });
}

function readKey(text: string): string {
  if (/^[\x21-\x7e]+$/.test(text) && text.length <= limits.idempotencyKeyLength) return text;
  throw new InvalidArgumentError(
    `Give up to ${limits.idempotencyKeyLength} letters, digits and signs of ASCII without spaces.`,
  );
}

/** Registers a manifest and prints what came of it. Answers the exit code. */
export async function register(
  manifestPath: string,
  options: RegisterOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const say = options.json ? () => {} : context.print;
  const client = clientOf(options, context);
  const started = await startRegistration(client, { ...options, manifestPath }, context.signal);
  const { folder, integration, isNewFolder, jobUuid } = started;
  if (isNewFolder) say(`The folder "${folder.name}" did not exist and was created (${folder.uuid}).`);
  say(`Registering ${manifestPath} into "${folder.name}" through "${integration.title}" as job ${jobUuid}.`);
  const identity = {
    uploadJobUuid: jobUuid,
    folderUuid: folder.uuid,
    isNewFolder,
    integrationUuid: integration.integrationUuid,
  };
  if (!options.wait) {
    say(followHint(started));
    if (options.json) context.print(JSON.stringify(identity));
    return exitCodes.success;
  }
  const result = await followJob(started, context, options.json);
  if (options.json) context.print(JSON.stringify({ ...identity, ...resultForPrograms(result) }));
  for (const line of resultLines(result)) say(line);
  return exitCodeOf(result);
}
