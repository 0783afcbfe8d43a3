import { lookUpOneTimeLink } from '@latchkey/contract/routes/one-time-links';
import { defineHandler } from '../../http/handler.js';
import { mustHaveLink } from '../service.js';

export const lookUpOneTimeLinkHandler = defineHandler(lookUpOneTimeLink, async (context, { body }) => {
  const { kind, email, name, expires_at } = await mustHaveLink(context, body.token);
  return { kind, email, name, expiresAt: expires_at.toISOString() };
});
