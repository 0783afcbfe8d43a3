import { Type } from 'typebox';
import { defineRoute } from '../route.js';
import { Uuid } from '../schemas/common.js';
import {
  AddedIntegrationOrigins,
  AddIntegrationOrigins,
  CreateIntegration,
  Integration,
  IntegrationList,
  PatchIntegration,
} from '../schemas/integration.js';
import { Member, MemberList, SetMember } from '../schemas/sharing.js';
import { IntegrationMemberParams, IntegrationParams, prefix } from './params.js';

const tag = 'Integrations';
const base = `${prefix}/cloud-integrations`;

export const listIntegrations = defineRoute({
  operationId: 'listIntegrations',
  method: 'GET',
  path: base,
  tag,
  summary: 'The integrations that the user is a member of.',
  permission: 'user',
  schemas: {
    query: Type.Object({
      filterIntegrationUuids: Type.Optional(Type.Array(Uuid)),
      filterIntegrationTitles: Type.Optional(Type.Array(Type.String())),
      includeOrgAccess: Type.Optional(
        Type.Boolean({ description: 'Organisation admins: all integrations.' }),
      ),
    }),
    response: IntegrationList,
  },
});
export const createIntegration = defineRoute({
  operationId: 'createIntegration',
  method: 'POST',
  path: base,
  tag,
  summary: 'Create a direct access integration; the creator becomes its admin.',
  permission: 'user',
  schemas: { body: CreateIntegration, response: Integration },
  errors: ['integration_title_taken'],
});
export const getIntegration = defineRoute({
  operationId: 'getIntegration',
  method: 'GET',
  path: `${base}/{integrationUuid}`,
  tag,
  summary: 'One integration.',
  permission: 'integration:user',
  schemas: { params: IntegrationParams, response: Integration },
  errors: ['integration_not_found'],
});
export const patchIntegration = defineRoute({
  operationId: 'patchIntegration',
  method: 'PATCH',
  path: `${base}/{integrationUuid}`,
  tag,
  summary: 'Rename it, switch strict client-only access, or change the allowed hosts.',
  permission: 'integration:admin',
  schemas: { params: IntegrationParams, body: PatchIntegration, response: Integration },
  errors: ['integration_not_found', 'integration_title_taken', 'integration_strict_conflict'],
});
export const addIntegrationOrigins = defineRoute({
  operationId: 'addIntegrationOrigins',
  method: 'POST',
  path: `${base}/{integrationUuid}/origins`,
  tag,
  summary:
    'Let the web app of the users of this integration load data from these origins, before anything there is registered.',
  permission: 'integration:user',
  schemas: {
    params: IntegrationParams,
    body: AddIntegrationOrigins,
    response: AddedIntegrationOrigins,
  },
  errors: ['integration_not_found', 'origin_not_allowed'],
});
export const listIntegrationMembers = defineRoute({
  operationId: 'listIntegrationMembers',
  method: 'GET',
  path: `${base}/{integrationUuid}/members`,
  tag,
  summary: 'Who may use it, and who may change it.',
  permission: 'integration:user',
  schemas: { params: IntegrationParams, response: MemberList },
  errors: ['integration_not_found'],
});
export const setIntegrationMember = defineRoute({
  operationId: 'setIntegrationMember',
  method: 'POST',
  path: `${base}/{integrationUuid}/members`,
  tag,
  summary: 'Add a user by the e-mail address, or give a member another role.',
  permission: 'integration:admin',
  schemas: { params: IntegrationParams, body: SetMember, response: Member },
  errors: ['integration_not_found', 'user_not_found', 'user_not_active', 'integration_last_admin'],
});
export const removeIntegrationMember = defineRoute({
  operationId: 'removeIntegrationMember',
  method: 'DELETE',
  path: `${base}/{integrationUuid}/members/{userUuid}`,
  tag,
  summary: 'Take a member away. Items that the user registered stay.',
  permission: 'integration:admin',
  schemas: { params: IntegrationMemberParams },
  errors: ['integration_not_found', 'user_not_found', 'integration_last_admin'],
});
export const deleteIntegration = defineRoute({
  operationId: 'deleteIntegration',
  method: 'DELETE',
  path: `${base}/{integrationUuid}`,
  tag,
  summary:
    'Delete it. With items registered through it, only with force: they stay and can no longer be opened.',
  permission: 'integration:admin',
  schemas: { params: IntegrationParams, query: Type.Object({ force: Type.Optional(Type.Boolean()) }) },
  errors: ['integration_not_found', 'integration_in_use'],
});
