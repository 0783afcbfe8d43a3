import { insertTokenNotifications } from '@latchkey/db/notifications/writer';
import {
  claimExpiringTokens,
  deleteExpiredTokens,
  listTokenRecipients,
} from '@latchkey/db/users/token-expiry';
import { v7 as uuidv7 } from 'uuid';
import type { AppContext } from '../context.js';

const leadSeconds = 7 * 24 * 3600;
const tokensAtATime = 100;
const keptDays = 30;

/** Tells whom it concerns, once a token, that it expires within a week; not of one that was made to live no longer. */
export async function noticeExpiringTokens({ db }: AppContext): Promise<void> {
  let count: number;
  do {
    count = await db.transaction(async (tx) => {
      const claimed = await claimExpiringTokens(tx, leadSeconds, tokensAtATime);
      const told = await listTokenRecipients(tx, claimed);
      if (told.length > 0)
        await insertTokenNotifications(
          tx,
          told.map((token) => ({ ...token, id: uuidv7() })),
        );
      return claimed.length;
    });
  } while (count === tokensAtATime);
}

/** Until then they are listed as expired, and whoever sends one hears so. */
export const removeExpiredTokens = ({ db }: AppContext): Promise<void> => deleteExpiredTokens(db, keptDays);
