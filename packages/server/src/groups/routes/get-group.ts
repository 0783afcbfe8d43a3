import { getGroup } from '@latchkey/contract/routes/groups';
import { defineHandler } from '../../http/handler.js';
import { getGroupUses } from '../service.js';

export const getGroupHandler = defineHandler(getGroup, (context, { params }) =>
  getGroupUses(context, params.groupHash),
);
