import { createGroup } from '@latchkey/contract/routes/groups';
import { defineHandler } from '../../http/handler.js';
import { createGroupFor } from '../service.js';

export const createGroupHandler = defineHandler(createGroup, (context, { caller, body }) =>
  createGroupFor(context, caller, body),
);
