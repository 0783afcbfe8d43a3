import { listOneTimeLinks } from '@latchkey/contract/routes/one-time-links';
import { listOneTimeLinks as readLinks } from '@latchkey/db/one-time-links/reader';
import { defineHandler } from '../../http/handler.js';

export const listOneTimeLinksHandler = defineHandler(listOneTimeLinks, async ({ db, now }) => ({
  result: (await readLinks(db)).map((row) => ({
    uuid: row.id,
    kind: row.kind,
    email: row.email,
    userUuid: row.user_id,
    organisationRole: row.organisation_role,
    createdBy: row.created_by_email,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    isExpired: row.expires_at.getTime() <= now(),
  })),
}));
