import {
  listIntegrationMembers,
  removeIntegrationMember,
  setIntegrationMember,
} from '@latchkey/contract/routes/integrations';
import {
  addIntegrationGroups,
  listIntegrationGroups,
  removeIntegrationGroups,
} from '@latchkey/contract/routes/sharing';
import {
  groupEntry,
  objectRoles,
  type Sharing,
  toUserRole,
  userEntry,
} from '../../components/sharing/sharing.js';
import { transport } from '../../lib/api.js';

export function integrationSharing(integrationUuid: string): Sharing {
  const params = { integrationUuid };
  return {
    queryKey: ['integrations', 'sharing', integrationUuid],
    roles: objectRoles,
    list: async (signal) => {
      const [{ results: groups }, { result: members }] = await Promise.all([
        transport.call(listIntegrationGroups, { params, signal }),
        transport.call(listIntegrationMembers, { params, signal }),
      ]);
      return [
        ...groups.map((group) => groupEntry(group, group.userRole)),
        ...members.map((member) => userEntry(member, member.userRole)),
      ];
    },
    setUser: (userEmail, role) =>
      transport.call(setIntegrationMember, { params, body: { userEmail, userRole: toUserRole(role) } }),
    setGroup: (groupHash, role) =>
      transport.call(addIntegrationGroups, {
        params,
        body: { groupHashList: [groupHash], userRole: toUserRole(role) },
      }),
    remove: ({ kind, id }) =>
      kind === 'user'
        ? transport.call(removeIntegrationMember, { params: { integrationUuid, userUuid: id } })
        : transport.call(removeIntegrationGroups, { params, query: { groupHashList: [id] } }),
  };
}
