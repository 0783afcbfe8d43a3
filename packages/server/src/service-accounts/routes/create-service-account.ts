import { createServiceAccount } from '@latchkey/contract/routes/service-accounts';
import { defineHandler } from '../../http/handler.js';
import { toUser } from '../../users/to-user.js';
import { createServiceAccountFor } from '../service.js';

export const createServiceAccountHandler = defineHandler(
  createServiceAccount,
  async (context, { caller, body }) => toUser(await createServiceAccountFor(context, caller, body.name)),
);
