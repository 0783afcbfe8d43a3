import { defineRoute } from '../route.js';
import { ServerLimits } from '../schemas/limits.js';
import { prefix } from './params.js';

export const getLimits = defineRoute({
  operationId: 'getLimits',
  method: 'GET',
  path: `${prefix}/limits`,
  tag: 'Limits',
  summary: 'The limits of this server for manifests, pages and bulk requests, and its quotas.',
  permission: 'user',
  schemas: { response: ServerLimits },
});
