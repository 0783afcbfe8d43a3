import {
  addDatasetGroups,
  listDatasetGroups,
  listDatasetMembers,
  removeDatasetGroups,
  removeDatasetMember,
  setDatasetMember,
} from '@latchkey/contract/routes/sharing';
import {
  groupEntry,
  objectRoles,
  type Sharing,
  toUserRole,
  userEntry,
} from '../../components/sharing/sharing.js';
import { transport } from '../../lib/api.js';

export function datasetSharing(datasetUuid: string): Sharing {
  const params = { datasetUuid };
  return {
    queryKey: ['datasets', 'sharing', datasetUuid],
    roles: objectRoles,
    list: async (signal) => {
      const [{ results: groups }, { result: members }] = await Promise.all([
        transport.call(listDatasetGroups, { params, signal }),
        transport.call(listDatasetMembers, { params, signal }),
      ]);
      return [
        ...groups.map((group) => groupEntry(group, group.datasetRole)),
        ...members.map((member) => userEntry(member, member.userRole)),
      ];
    },
    setUser: (userEmail, role) =>
      transport.call(setDatasetMember, { params, body: { userEmail, userRole: toUserRole(role) } }),
    setGroup: (groupHash, role) =>
      transport.call(addDatasetGroups, {
        params,
        body: { groupHashList: [groupHash], userRole: toUserRole(role) },
      }),
    remove: ({ kind, id }) =>
      kind === 'user'
        ? transport.call(removeDatasetMember, { params: { datasetUuid, userUuid: id } })
        : transport.call(removeDatasetGroups, { params, query: { groupHashList: [id] } }),
  };
}
