import { setUp } from '@latchkey/contract/routes/session';
import { setUp as createFirstAdmin } from '../../auth/service.js';
import { defineHandler } from '../../http/handler.js';
import { beginSession } from '../session.js';

export const setUpHandler = defineHandler(setUp, async (context, call) => {
  const user = await createFirstAdmin(context, { ...call.body, name: call.body.name ?? '' });
  return beginSession(context, call, user, 'link');
});
