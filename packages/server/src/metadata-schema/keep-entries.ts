import {
  enterItems,
  lockUnenteredKeys,
  noteEnterAfter,
  noteEntered,
  removeDroppedEntries,
} from '@latchkey/db/metadata-schema/entries';
import type { AppContext } from '../context.js';

/** A transaction of some tenths of a second. */
const itemsAtATime = 5_000;
const entriesAtATime = 10_000;

/**
 * Enters the items that were there before a key of the metadata schema, so that lists by it are looked up; until then
 * they are searched through. Stops early where a transaction that does not know of the key is still open.
 */
export async function keepMetadataEntries({ db, stopping }: AppContext): Promise<void> {
  while (!stopping.aborted && (await db.transaction((tx) => removeDroppedEntries(tx, entriesAtATime))));
  for (let step = await enterNext(db); step === 'more' && !stopping.aborted; ) step = await enterNext(db);
}

async function enterNext(db: AppContext['db']): Promise<'more' | 'none' | 'wait'> {
  return db.transaction(async (tx) => {
    const keys = await lockUnenteredKeys(tx);
    if (keys === null) return 'none';
    if (keys.may_begin === null) {
      await noteEnterAfter(tx, keys.index_ids);
      return 'more';
    }
    if (!keys.may_begin) return 'wait';
    await noteEntered(
      tx,
      keys.index_ids,
      await enterItems(tx, keys.index_ids, keys.entered_to, itemsAtATime),
    );
    return 'more';
  });
}
