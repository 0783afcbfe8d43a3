import { LatchkeyError } from '@latchkey/contract/errors';
import { revokeOneTimeLink } from '@latchkey/contract/routes/one-time-links';
import { deleteOneTimeLink } from '@latchkey/db/one-time-links/writer';
import { defineHandler } from '../../http/handler.js';

export const revokeOneTimeLinkHandler = defineHandler(revokeOneTimeLink, async ({ db }, { params }) => {
  if (!(await deleteOneTimeLink(db, params.linkUuid)))
    throw new LatchkeyError('link_not_found', 'There is no such link; it has been used or revoked.');
  return undefined;
});
