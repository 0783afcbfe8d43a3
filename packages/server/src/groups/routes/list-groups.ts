import { listGroups } from '@latchkey/contract/routes/groups';
import { defineHandler } from '../../http/handler.js';
import { listAllGroups } from '../service.js';

export const listGroupsHandler = defineHandler(listGroups, async (context) => ({
  results: await listAllGroups(context),
}));
