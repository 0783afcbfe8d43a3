import { defineRoute } from '../route.js';
import {
  AddDatasetGroups,
  AddFolderGroups,
  AddIntegrationGroups,
  DatasetGroupPage,
  FolderGroupPage,
  FolderMember,
  FolderMemberList,
  IntegrationGroupPage,
  ListFolderAccessQuery,
  Member,
  MemberList,
  RemoveGroupsQuery,
  SetFolderMember,
  SetMember,
} from '../schemas/sharing.js';
import {
  DatasetMemberParams,
  DatasetParams,
  FolderMemberParams,
  FolderParams,
  IntegrationParams,
  prefix,
} from './params.js';

const tag = 'Sharing';
const folder = `${prefix}/storage/folders/{folderUuid}`;
const dataset = `${prefix}/datasets/{datasetUuid}`;
const integration = `${prefix}/cloud-integrations/{integrationUuid}`;

export const listFolderMembers = defineRoute({
  operationId: 'listFolderMembers',
  method: 'GET',
  path: `${folder}/members`,
  tag,
  summary: 'The users that the folder is shared with.',
  permission: 'folder:viewer',
  schemas: { params: FolderParams, query: ListFolderAccessQuery, response: FolderMemberList },
  errors: ['folder_not_found'],
});
export const setFolderMember = defineRoute({
  operationId: 'setFolderMember',
  method: 'POST',
  path: `${folder}/members`,
  tag,
  summary: 'Share the folder, and all below it, with a user, or give a member another role.',
  permission: 'folder:admin',
  schemas: { params: FolderParams, body: SetFolderMember, response: FolderMember },
  errors: ['folder_not_found', 'user_not_found', 'user_not_active', 'folder_last_admin'],
});
export const removeFolderMember = defineRoute({
  operationId: 'removeFolderMember',
  method: 'DELETE',
  path: `${folder}/members/{userUuid}`,
  tag,
  summary: 'Take the role of a user on this folder away; roles on the folders above stay.',
  permission: 'folder:admin',
  schemas: { params: FolderMemberParams },
  errors: ['folder_not_found', 'user_not_found', 'folder_last_admin'],
});
export const listFolderGroups = defineRoute({
  operationId: 'listFolderGroups',
  method: 'GET',
  path: `${folder}/groups`,
  tag,
  summary: 'The groups that the folder is shared with. There is one page.',
  permission: 'folder:viewer',
  schemas: { params: FolderParams, query: ListFolderAccessQuery, response: FolderGroupPage },
  errors: ['folder_not_found'],
});
export const addFolderGroups = defineRoute({
  operationId: 'addFolderGroups',
  method: 'POST',
  path: `${folder}/groups`,
  tag,
  summary:
    'Share the folder, and all below it, with groups, or give them another role. All or nothing; userRole or folderRole is needed.',
  permission: 'folder:admin',
  schemas: { params: FolderParams, body: AddFolderGroups },
  errors: ['folder_not_found', 'group_not_found'],
});
export const removeFolderGroups = defineRoute({
  operationId: 'removeFolderGroups',
  method: 'DELETE',
  path: `${folder}/groups`,
  tag,
  summary: 'Take the roles of groups on this folder away; all or nothing.',
  permission: 'folder:admin',
  schemas: { params: FolderParams, query: RemoveGroupsQuery },
  errors: ['folder_not_found', 'group_not_found'],
});

export const listDatasetMembers = defineRoute({
  operationId: 'listDatasetMembers',
  method: 'GET',
  path: `${dataset}/members`,
  tag,
  summary: 'The users that the dataset is shared with.',
  permission: 'dataset:user',
  schemas: { params: DatasetParams, response: MemberList },
  errors: ['dataset_not_found'],
});
export const setDatasetMember = defineRoute({
  operationId: 'setDatasetMember',
  method: 'POST',
  path: `${dataset}/members`,
  tag,
  summary: 'Share the dataset with a user, or give a member another role. It opens none of its items.',
  permission: 'dataset:admin',
  schemas: { params: DatasetParams, body: SetMember, response: Member },
  errors: ['dataset_not_found', 'user_not_found', 'user_not_active', 'dataset_last_admin'],
});
export const removeDatasetMember = defineRoute({
  operationId: 'removeDatasetMember',
  method: 'DELETE',
  path: `${dataset}/members/{userUuid}`,
  tag,
  summary: 'Take the role of a user on the dataset away.',
  permission: 'dataset:admin',
  schemas: { params: DatasetMemberParams },
  errors: ['dataset_not_found', 'user_not_found', 'dataset_last_admin'],
});
export const listDatasetGroups = defineRoute({
  operationId: 'listDatasetGroups',
  method: 'GET',
  path: `${dataset}/groups`,
  tag,
  summary: 'The groups that the dataset is shared with. There is one page.',
  permission: 'dataset:user',
  schemas: { params: DatasetParams, response: DatasetGroupPage },
  errors: ['dataset_not_found'],
});
export const addDatasetGroups = defineRoute({
  operationId: 'addDatasetGroups',
  method: 'POST',
  path: `${dataset}/groups`,
  tag,
  summary: 'Share the dataset with groups, or give them another role. All or nothing.',
  permission: 'dataset:admin',
  schemas: { params: DatasetParams, body: AddDatasetGroups },
  errors: ['dataset_not_found', 'group_not_found'],
});
export const removeDatasetGroups = defineRoute({
  operationId: 'removeDatasetGroups',
  method: 'DELETE',
  path: `${dataset}/groups`,
  tag,
  summary: 'Take the roles of groups on the dataset away; all or nothing.',
  permission: 'dataset:admin',
  schemas: { params: DatasetParams, query: RemoveGroupsQuery },
  errors: ['dataset_not_found', 'group_not_found'],
});

export const listIntegrationGroups = defineRoute({
  operationId: 'listIntegrationGroups',
  method: 'GET',
  path: `${integration}/groups`,
  tag,
  summary: 'The groups that may use the integration, or change it. There is one page.',
  permission: 'integration:user',
  schemas: { params: IntegrationParams, response: IntegrationGroupPage },
  errors: ['integration_not_found'],
});
export const addIntegrationGroups = defineRoute({
  operationId: 'addIntegrationGroups',
  method: 'POST',
  path: `${integration}/groups`,
  tag,
  summary: 'Let groups use the integration, or give them another role. All or nothing.',
  permission: 'integration:admin',
  schemas: { params: IntegrationParams, body: AddIntegrationGroups },
  errors: ['integration_not_found', 'group_not_found'],
});
export const removeIntegrationGroups = defineRoute({
  operationId: 'removeIntegrationGroups',
  method: 'DELETE',
  path: `${integration}/groups`,
  tag,
  summary: 'Take the roles of groups on the integration away; all or nothing.',
  permission: 'integration:admin',
  schemas: { params: IntegrationParams, query: RemoveGroupsQuery },
  errors: ['integration_not_found', 'group_not_found'],
});
