import type { Resealing, SecretKeyList } from '@latchkey/contract/schemas/secret-key';
import type { Command } from 'commander';
import type { CommandContext } from '../context.js';
import { clientOf, type ServerOptions, withServerOptions } from '../server-options.js';

interface ListOptions extends ServerOptions {
  readonly json: boolean;
}

export function addKeyList(key: Command, context: CommandContext): void {
  withServerOptions(
    key
      .command('list')
      .description(
        'the secret keys of a server, by id, and whether they are still needed (organisation admins)',
      ),
  )
    .option('--json', 'print one JSON object and nothing else', false)
    .action(async (options: ListOptions) => {
      const keys = await clientOf(options, context).listSecretKeys();
      if (options.json) context.print(JSON.stringify(keys));
      else for (const line of keyLines(keys)) context.print(line);
    });
}

export function keyLines({ result, resealing }: SecretKeyList): string[] {
  return [
    ...result.map(({ id, state, replacedAt, unusedSince, adoptedAt }) => {
      if (state === 'current') return `${id}  seals since ${adoptedAt}`;
      if (state === 'replaced') return `${id}  replaced ${replacedAt}, still needed: do not drop it`;
      return `${id}  not needed since ${unusedSince}: "latchkey key drop ${id}" (backups from before need it)`;
    }),
    ...(resealing ? progressLines(resealing) : []),
  ];
}

function progressLines(resealing: Resealing): string[] {
  const { finishedAt, resealedCount, lookedAtCount, itemsCount, manifestsWaitedForCount } = resealing;
  if (finishedAt !== null) return [`Sealed again: ${resealedCount} values, finished ${finishedAt}.`];
  const waits =
    manifestsWaitedForCount === 0
      ? []
      : [
          `${manifestsWaitedForCount} manifests in the spool are still sealed with a replaced key; each is removed in its time (LATCHKEY_MANIFEST_RETENTION_HOURS).`,
        ];
  return [
    `Sealing again: ${resealedCount} values so far, ${lookedAtCount} rows looked at, of ${itemsCount} items and their members.`,
    ...waits,
  ];
}
