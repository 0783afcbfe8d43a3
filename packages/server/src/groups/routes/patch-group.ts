import { patchGroup } from '@latchkey/contract/routes/groups';
import { defineHandler } from '../../http/handler.js';
import { changeGroup } from '../service.js';

export const patchGroupHandler = defineHandler(patchGroup, (context, { caller, params, body }) =>
  changeGroup(context, caller, params.groupHash, body),
);
