import { createDataGroups } from '@latchkey/contract/routes/items';
import { defineHandler } from '../../http/handler.js';
import { createDataGroupsFor } from '../create-data-groups.js';

export const createDataGroupsHandler = defineHandler(createDataGroups, (context, { caller, params, body }) =>
  createDataGroupsFor(context, caller, params.folderUuid, body),
);
