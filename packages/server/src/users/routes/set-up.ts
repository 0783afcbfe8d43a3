import { setUp } from '@latchkey/contract/routes/session';
import { setUp as createFirstAdmin } from '../../auth/service.js';
import { defineHandler } from '../../http/handler.js';
import { setSessionCookie, toSessionView } from '../session.js';

export const setUpHandler = defineHandler(setUp, async (context, { body, reply }) => {
  const { user, token } = await createFirstAdmin(context, { ...body, name: body.name ?? '' });
  setSessionCookie(context, reply, token);
  return toSessionView(context, user);
});
