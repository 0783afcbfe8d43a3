import type { Item } from '@latchkey/contract/schemas/item';
import { checkSignature } from '@latchkey/object-store/check-signature';
import type { StorageFolder } from '@latchkey/sdk/storage-folder';
import { type Command, InvalidArgumentError } from 'commander';
import { CommandError } from '../command-error.js';
import type { CommandContext } from '../context.js';
import { type ExitCode, exitCodes } from '../exit-codes.js';
import { followJob } from '../registration/follow.js';
import { startRegistration } from '../registration/register-manifest.js';
import { exitCodeOf, resultForPrograms, resultLines } from '../registration/result.js';
import { findOrCreateFolder } from '../registration/targets.js';
import { renewFolder } from '../scan/renew-folder.js';
import { createScanProgress } from '../scan/scan-progress.js';
import { lifetimeLines, sessionLines } from '../scan/scan-report.js';
import { openStore, type StoreCommandOptions, withStoreOptions } from '../scan/store-options.js';
import { chooseUrlStyle } from '../scan/url-style.js';
import { clientOf, type ServerOptions, withServerOptions } from '../server-options.js';

interface RenewOptions extends ServerOptions, StoreCommandOptions {
  readonly folder: string;
  readonly integration?: string;
  /** Of the store whose objects are signed here, in place of a manifest. */
  readonly scan?: string;
  readonly ignoreErrors: boolean;
  readonly withinDays?: number;
  readonly json: boolean;
}

/** As many items that are still dying as are named. */
const itemsShown = { people: 20, programs: 1000 };
const dayMs = 24 * 3600 * 1000;

const help = `
Sign the URLs of a manifest anew, then give it to this command: items whose object is in the folder get the URL that
lives longer, whichever way it was signed before, and keep their UUID, name, metadata and history. Objects that are new
are registered. It is "latchkey register --skip-duplicate-urls" with a look at what is still dying.

With --scan URI there is no manifest: what the folder holds of that store is signed on this machine, with the
credentials and options of "latchkey scan", and the items get their fresh URLs by UUID; members of groups and series
too. The first URL is tried before any item gets one. It needs the admin role on the folder. Objects that lie elsewhere
are counted and left as they are.

Exit codes:
  0    all units were renewed, registered, or live as long already
  1    some units failed
  2    refused: wrong options, not a manifest, no permission
  3    the server could not be reached
  4    the upload job was cancelled
  130  interrupted with Ctrl-C

Examples:
  latchkey renew streets-signed-today.json --folder Streets --integration "Field cameras"
  latchkey renew streets.ndjson --folder Streets --integration "Field cameras" --within-days 2 --json
  latchkey renew --scan s3://acme-media/streets/ --folder Streets --expires-in 7d`;

export function addRenewCommand(
  program: Command,
  context: CommandContext,
  finish: (exitCode: ExitCode) => void,
): void {
  const command = program
    .command('renew')
    .description('give registered items the freshly signed URLs of a manifest')
    .argument('[manifest]', 'path of the manifest (as for register)')
    .option('--scan <uri>', 'sign what the folder holds of this store (as for scan), in place of a manifest')
    .requiredOption('--folder <name-or-uuid>', 'top-level folder by name, or any folder by UUID')
    .option('--integration <title-or-uuid>', 'direct access integration; of a manifest alone')
    .option('--ignore-errors', 'renew what can be renewed; without it all or nothing', false)
    .option(
      '--within-days <number>',
      'also name items that expire within so many days (7; with --scan 1)',
      readDays,
    )
    .option('--json', 'print one JSON object and nothing else', false)
    .addHelpText('after', help);
  const withOptions = withStoreOptions(withServerOptions(command));
  withOptions.action(async (manifestPath: string | undefined, options: RenewOptions) => {
    const { scan, integration } = options;
    if (scan !== undefined) {
      if (manifestPath !== undefined) throw invalid('--scan takes no manifest.', 'Give one of the two.');
      finish(await renewByScan(scan, options, context));
    } else if (manifestPath === undefined || integration === undefined) {
      throw invalid(
        'There is nothing to renew from.',
        'Give a manifest and --integration, or --scan with the URI of a store.',
      );
    } else finish(await renew(manifestPath, { ...options, integration }, context));
  });
}

function readDays(text: string): number {
  const days = Number(text);
  if (text.trim() !== '' && Number.isFinite(days) && days >= 0 && days <= 3650) return days;
  throw new InvalidArgumentError('Give a number of days from 0 to 3650.');
}

const invalid = (message: string, hint: string) => new CommandError('invalid_option', message, hint);

async function renewByScan(uri: string, options: RenewOptions, context: CommandContext): Promise<ExitCode> {
  const say = options.json ? () => {} : context.print;
  const store = await openStore(uri, options, context);
  const style = chooseUrlStyle(store, options);
  for (const line of lifetimeLines(store, style)) say(line);
  const client = clientOf(options, context);
  const { folder } = await findOrCreateFolder(client, options.folder, false);
  const progress = createScanProgress(context);
  const counts = await renewFolder(client, folder, store, {
    urlOf: style.urlOf,
    // Signed with the wrong key, all items would get URLs that open nothing.
    check: async (url) => {
      if (style.expiresInSeconds !== null) await checkSignature(url, context.signal);
    },
    signal: context.signal,
    onProgress: ({ renewed }) => progress.show(`${renewed} renewed`),
  }).finally(() => progress.stop());
  say(
    `${counts.renewed} objects of "${folder.name}" have a fresh URL; ${counts.elsewhere} are not below ${uri}.`,
  );
  for (const line of sessionLines(store, style, Date.now())) say(line);
  const { renewed, elsewhere } = counts;
  const { withinDays = 1, json } = options;
  await tellDying(folder, { withinDays, json }, context, {
    renewedCount: renewed,
    elsewhereCount: elsewhere,
  });
  return exitCodes.success;
}

async function renew(
  manifestPath: string,
  options: RenewOptions & { readonly integration: string },
  context: CommandContext,
): Promise<ExitCode> {
  const say = options.json ? () => {} : context.print;
  const request = { ...options, manifestPath, createFolder: false, skipDuplicateUrls: true };
  const started = await startRegistration(clientOf(options, context), request, context.signal);
  say(`Renewing the items of "${started.folder.name}" from ${manifestPath} as job ${started.jobUuid}.`);
  const result = await followJob(started, context, options.json);
  for (const line of resultLines(result)) say(line);
  const { withinDays = 7, json } = options;
  await tellDying(started.folder, { withinDays, json }, context, resultForPrograms(result));
  return exitCodeOf(result);
}

/** What is still dying; for programs along with what came of renewing. */
async function tellDying(
  folder: StorageFolder,
  { withinDays, json }: { readonly withinDays: number; readonly json: boolean },
  { print }: CommandContext,
  result: object,
): Promise<void> {
  const now = Date.now();
  const most = json ? itemsShown.programs : itemsShown.people;
  const dying = await findDying(folder, now + withinDays * dayMs, most);
  if (json) print(JSON.stringify({ ...result, ...forPrograms(dying) }));
  else for (const line of dyingLines(dying, withinDays, now)) print(line);
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
