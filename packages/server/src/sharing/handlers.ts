import type { Handler } from '../http/handler.js';
import { addDatasetGroupsHandler } from './routes/add-dataset-groups.js';
import { addFolderGroupsHandler } from './routes/add-folder-groups.js';
import { addIntegrationGroupsHandler } from './routes/add-integration-groups.js';
import { listDatasetGroupsHandler } from './routes/list-dataset-groups.js';
import { listDatasetMembersHandler } from './routes/list-dataset-members.js';
import { listFolderGroupsHandler } from './routes/list-folder-groups.js';
import { listFolderMembersHandler } from './routes/list-folder-members.js';
import { listIntegrationGroupsHandler } from './routes/list-integration-groups.js';
import { removeDatasetGroupsHandler } from './routes/remove-dataset-groups.js';
import { removeDatasetMemberHandler } from './routes/remove-dataset-member.js';
import { removeFolderGroupsHandler } from './routes/remove-folder-groups.js';
import { removeFolderMemberHandler } from './routes/remove-folder-member.js';
import { removeIntegrationGroupsHandler } from './routes/remove-integration-groups.js';
import { setDatasetMemberHandler } from './routes/set-dataset-member.js';
import { setFolderMemberHandler } from './routes/set-folder-member.js';

export const sharingHandlers: readonly Handler[] = [
  listFolderMembersHandler,
  setFolderMemberHandler,
  listFolderGroupsHandler,
  removeFolderMemberHandler,
  addFolderGroupsHandler,
  removeFolderGroupsHandler,
  listDatasetMembersHandler,
  setDatasetMemberHandler,
  listDatasetGroupsHandler,
  removeDatasetMemberHandler,
  addDatasetGroupsHandler,
  removeDatasetGroupsHandler,
  listIntegrationGroupsHandler,
  addIntegrationGroupsHandler,
  removeIntegrationGroupsHandler,
];
