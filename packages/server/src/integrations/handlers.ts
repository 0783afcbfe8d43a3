import type { Handler } from '../http/handler.js';
import { addIntegrationOriginsHandler } from './routes/add-integration-origins.js';
import { createIntegrationHandler } from './routes/create-integration.js';
import { deleteIntegrationHandler } from './routes/delete-integration.js';
import { getIntegrationHandler } from './routes/get-integration.js';
import { listIntegrationMembersHandler } from './routes/list-integration-members.js';
import { listIntegrationsHandler } from './routes/list-integrations.js';
import { patchIntegrationHandler } from './routes/patch-integration.js';
import { removeIntegrationMemberHandler } from './routes/remove-integration-member.js';
import { setIntegrationMemberHandler } from './routes/set-integration-member.js';

export const integrationHandlers: readonly Handler[] = [
  listIntegrationsHandler,
  createIntegrationHandler,
  getIntegrationHandler,
  patchIntegrationHandler,
  addIntegrationOriginsHandler,
  listIntegrationMembersHandler,
  setIntegrationMemberHandler,
  removeIntegrationMemberHandler,
  deleteIntegrationHandler,
];
