import { createUser } from '@latchkey/contract/routes/session';
import { createUser as addUser } from '../../auth/service.js';
import { defineHandler } from '../../http/handler.js';
import { toUser } from '../to-user.js';

export const createUserHandler = defineHandler(createUser, async (context, { body }) =>
  toUser(
    await addUser(context, {
      email: body.email,
      name: body.name ?? '',
      password: body.password ?? null,
      organisationRole: body.organisationRole ?? 'member',
    }),
  ),
);
