import { deleteGroup } from '@latchkey/contract/routes/groups';
import { defineHandler } from '../../http/handler.js';
import { removeGroup } from '../service.js';

export const deleteGroupHandler = defineHandler(deleteGroup, async (context, { caller, params }) => {
  await removeGroup(context, caller, params.groupHash);
  return undefined;
});
