import type { FolderRole, UserRole } from '@latchkey/contract/schemas/common';
import {
  type DatasetGroup,
  datasetRoleNumbers,
  type FolderGroup,
  type FolderMember,
  type InheritedFrom,
  type IntegrationGroup,
  type Member,
} from '@latchkey/contract/schemas/sharing';
import type { Inherited, SharedGroupRow, SharedMemberRow } from '@latchkey/db/sharing/reader';
import { toUserRole } from '../folders/to-folder.js';
import { toGroup } from '../groups/service.js';

const folderRoleOf = (role: string): FolderRole => (role === 'admin' || role === 'editor' ? role : 'viewer');
const userRoleOf = (role: string): UserRole => (role === 'admin' ? 'admin' : 'user');

export const toInheritedFrom = ({ from_id, from_name }: Inherited): InheritedFrom => ({
  folderUuid: from_id,
  name: from_name,
});

export const toMember = ({ user_id, email, name, role }: SharedMemberRow): Member => ({
  userUuid: user_id,
  email,
  name,
  userRole: userRoleOf(role),
});

export const toFolderMember = (
  { user_id, email, name, role }: SharedMemberRow,
  inheritedFrom: InheritedFrom,
): FolderMember => ({ userUuid: user_id, email, name, folderRole: folderRoleOf(role), inheritedFrom });

export function toFolderGroup(row: SharedGroupRow, inheritedFrom: InheritedFrom): FolderGroup {
  const folderRole = folderRoleOf(row.role);
  return {
    ...toGroup(row),
    isSameOrganisation: true,
    userRole: toUserRole(folderRole),
    folderRole,
    inheritedFrom,
  };
}

export function toDatasetGroup(row: SharedGroupRow): DatasetGroup {
  const datasetRole = userRoleOf(row.role);
  return {
    ...toGroup(row),
    isSameOrganisation: true,
    userRole: datasetRoleNumbers[datasetRole],
    datasetRole,
  };
}

export const toIntegrationGroup = (row: SharedGroupRow): IntegrationGroup => ({
  ...toGroup(row),
  isSameOrganisation: true,
  userRole: userRoleOf(row.role),
});
