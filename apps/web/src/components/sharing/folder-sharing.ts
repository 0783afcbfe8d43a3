import {
  addFolderGroups,
  listFolderGroups,
  listFolderMembers,
  removeFolderGroups,
  removeFolderMember,
  setFolderMember,
} from '@latchkey/contract/routes/sharing';
import { transport } from '../../lib/api.js';
import { folderRoles, groupEntry, type Sharing, toFolderRole, userEntry } from './sharing.js';

/** Also what is inherited from the folders above. */
export function folderSharing(folderUuid: string): Sharing {
  const params = { folderUuid };
  const query = { includeInherited: true };
  return {
    queryKey: ['folders', 'sharing', folderUuid],
    roles: folderRoles,
    list: async (signal) => {
      const [{ results: groups }, { result: members }] = await Promise.all([
        transport.call(listFolderGroups, { params, query, signal }),
        transport.call(listFolderMembers, { params, query, signal }),
      ]);
      return [
        ...groups.map((group) => groupEntry(group, group.folderRole, group.inheritedFrom)),
        ...members.map((member) => userEntry(member, member.folderRole, member.inheritedFrom)),
      ];
    },
    setUser: (userEmail, role) =>
      transport.call(setFolderMember, { params, body: { userEmail, folderRole: toFolderRole(role) } }),
    setGroup: (groupHash, role) =>
      transport.call(addFolderGroups, {
        params,
        body: { groupHashList: [groupHash], folderRole: toFolderRole(role) },
      }),
    remove: ({ kind, id }) =>
      kind === 'user'
        ? transport.call(removeFolderMember, { params: { folderUuid, userUuid: id } })
        : transport.call(removeFolderGroups, { params, query: { groupHashList: [id] } }),
  };
}
