import type { Item } from '@latchkey/contract/schemas/item';
import type { StorageFolder } from '@latchkey/sdk/storage-folder';
import { type Command, InvalidArgumentError } from 'commander';
import type { CommandContext } from '../context.js';
import type { ExitCode } from '../exit-codes.js';
import { followJob } from '../registration/follow.js';
import { type RegistrationRequest, startRegistration } from '../registration/register-manifest.js';
import { exitCodeOf, resultForPrograms, resultLines } from '../registration/result.js';
import { clientOf, type ServerOptions, withServerOptions } from '../server-options.js';

interface RenewOptions extends ServerOptions, Pick<RegistrationRequest, 'folder' | 'integration'> {
  readonly ignoreErrors: boolean;
  readonly withinDays: number;
  readonly json: boolean;
}

/** As many items that are still dying as are named. */
const itemsShown = { people: 20, programs: 1000 };
const dayMs = 24 * 3600 * 1000;

const help = `
Sign the URLs of a manifest anew, then give it to this command: items whose object is in the folder get the URL that
lives longer, whichever way it was signed before, and keep their UUID, name, metadata and history. Objects that are new
are registered. It is "latchkey register --skip-duplicate-urls" with a look at what is still dying.

Exit codes:
  0    all units were renewed, registered, or live as long already
  1    some units failed
  2    refused: wrong options, not a manifest, no permission
  3    the server could not be reached
  4    the upload job was cancelled
  130  interrupted with Ctrl-C

Examples:
  latchkey renew streets-signed-today.json --folder Streets --integration "Field cameras"
  latchkey renew streets.ndjson --folder Streets --integration "Field cameras" --within-days 2 --json`;

export function addRenewCommand(
  program: Command,
  context: CommandContext,
  finish: (exitCode: ExitCode) => void,
): void {
  const command = program
    .command('renew')
    .description('give registered items the freshly signed URLs of a manifest')
    .argument('<manifest>', 'path of the manifest (as for register)')
    .requiredOption('--folder <name-or-uuid>', 'top-level folder by name, or any folder by UUID')
    .requiredOption('--integration <title-or-uuid>', 'direct access integration')
    .option('--ignore-errors', 'renew what can be renewed; without it all or nothing', false)
    .option('--within-days <number>', 'also name items that expire within so many days', readDays, 7)
    .option('--json', 'print one JSON object and nothing else', false)
    .addHelpText('after', help);
  withServerOptions(command).action(async (manifestPath: string, options: RenewOptions) => {
    finish(await renew(manifestPath, options, context));
  });
}

function readDays(text: string): number {
  const days = Number(text);
  if (text.trim() !== '' && Number.isFinite(days) && days >= 0 && days <= 3650) return days;
  throw new InvalidArgumentError('Give a number of days from 0 to 3650.');
}

async function renew(
  manifestPath: string,
  options: RenewOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const say = options.json ? () => {} : context.print;
  const request = { ...options, manifestPath, createFolder: false, skipDuplicateUrls: true };
  const started = await startRegistration(clientOf(options, context), request, context.signal);
  say(`Renewing the items of "${started.folder.name}" from ${manifestPath} as job ${started.jobUuid}.`);
  const result = await followJob(started, context, options.json);
  for (const line of resultLines(result)) say(line);
  const now = Date.now();
  const most = options.json ? itemsShown.programs : itemsShown.people;
  const dying = await findDying(started.folder, now + options.withinDays * dayMs, most);
  if (options.json) context.print(JSON.stringify({ ...resultForPrograms(result), ...forPrograms(dying) }));
  for (const line of dyingLines(dying, options.withinDays, now)) say(line);
  return exitCodeOf(result);
}

interface Dying {
  readonly items: readonly Item[];
  readonly hasMore: boolean;
}

/** Items directly in the folder that are dead by then, the first ones by name. */
async function findDying(folder: StorageFolder, by: number, most: number): Promise<Dying> {
  const items: Item[] = [];
  for await (const item of folder.listItems({ expiresBefore: new Date(by).toISOString() })) {
    if (items.length === most) return { items, hasMore: true };
    items.push(item);
  }
  return { items, hasMore: false };
}

function forPrograms({ items, hasMore }: Dying) {
  return {
    stillExpiring: items.map(({ uuid, name, url, expiresAt }) => ({ uuid, name, url, expiresAt })),
    isStillExpiringComplete: !hasMore,
  };
}

function dyingLines({ items, hasMore }: Dying, days: number, now: number): string[] {
  const span = days === 1 ? '1 day' : `${days} days`;
  if (items.length === 0) return [`No item of the folder is expired or expires within ${span}.`];
  return [
    `Still expired, or expiring within ${span}:`,
    ...items.map(({ name, expiresAt }) => `  ${expiryWord(expiresAt, now)}  ${name}`),
    ...(hasMore ? ['  and more.'] : []),
  ];
}

function expiryWord(expiresAt: string | null, now: number): string {
  if (expiresAt === null) return '';
  return `${Date.parse(expiresAt) <= now ? 'expired' : 'expires'} ${expiresAt}`;
}
