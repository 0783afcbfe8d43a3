import { createApiToken } from '@latchkey/contract/routes/session';
import { defineHandler } from '../../http/handler.js';
import { makeApiToken } from '../keys.js';

export const createApiTokenHandler = defineHandler(createApiToken, (context, { caller, body }) =>
  makeApiToken(context, caller, body),
);
