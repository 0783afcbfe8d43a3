import fastifyCookie from '@fastify/cookie';
import { limits } from '@latchkey/contract/limits';
import fastify, { type FastifyInstance } from 'fastify';
import { v7 as uuidv7 } from 'uuid';
import { auditHandlers } from './audit/handlers.js';
import type { AppContext } from './context.js';
import { datasetHandlers } from './datasets/handlers.js';
import { exportHandlers } from './exports/handlers.js';
import { folderHandlers } from './folders/handlers.js';
import { groupHandlers } from './groups/handlers.js';
import type { Handler } from './http/handler.js';
import { uuidPattern } from './http/stored-text.js';
import { integrationHandlers } from './integrations/handlers.js';
import { itemHandlers } from './items/handlers.js';
import { metadataSchemaHandlers } from './metadata-schema/handlers.js';
import { notificationHandlers } from './notifications/handlers.js';
import { oneTimeLinkHandlers } from './one-time-links/handlers.js';
import { passkeyHandlers } from './passkeys/handlers.js';
import { registerAudit } from './plugins/audit.js';
import { registerAuthentication } from './plugins/authentication.js';
import { answerBadMessage, registerErrors, sendError } from './plugins/errors.js';
import { registerDocs } from './plugins/openapi.js';
import { registerJsonBody } from './plugins/request-body.js';
import { registerHandlers } from './plugins/routes.js';
import { registerSecurityHeaders } from './plugins/security-headers.js';
import { registerSystemRoutes } from './plugins/system-routes.js';
import { registerTracing } from './plugins/tracing.js';
import { registerWebApp } from './plugins/web-app.js';
import { uploadJobHandlers } from './registration/handlers.js';
import { secondFactorHandlers } from './second-factor/handlers.js';
import { secretKeyHandlers } from './secret-keys/handlers.js';
import { serviceAccountHandlers } from './service-accounts/handlers.js';
import { sessionHandlers } from './sessions/handlers.js';
import { sharingHandlers } from './sharing/handlers.js';
import { signerHandlers } from './signers/handlers.js';
import { singleSignOnHandlers } from './single-sign-on/handlers.js';
import { userHandlers } from './users/handlers.js';
import { webhookHandlers } from './webhooks/handlers.js';

export const allHandlers: readonly Handler[] = [
  ...userHandlers,
  ...serviceAccountHandlers,
  ...sessionHandlers,
  ...oneTimeLinkHandlers,
  ...secondFactorHandlers,
  ...passkeyHandlers,
  ...singleSignOnHandlers,
  ...integrationHandlers,
  ...folderHandlers,
  ...uploadJobHandlers,
  ...itemHandlers,
  ...exportHandlers,
  ...groupHandlers,
  ...sharingHandlers,
  ...datasetHandlers,
  ...metadataSchemaHandlers,
  ...notificationHandlers,
  ...secretKeyHandlers,
  ...signerHandlers,
  ...auditHandlers,
  ...webhookHandlers,
];

/** The API, the docs and, with `webRoot`, the web app, on one Fastify instance that does not listen yet. */
export async function buildApp(context: AppContext, webRoot: string | null): Promise<FastifyInstance> {
  const app = fastify({
    loggerInstance: context.log,
    genReqId: () => uuidv7(),
    bodyLimit: limits.jsonBodyBytes,
    routerOptions: { maxParamLength: 200, querystringParser: (text) => Object.fromEntries(groupQuery(text)) },
    ajv: {
      customOptions: { removeAdditional: false, coerceTypes: false, useDefaults: true, allErrors: false },
      // The usual format also takes `urn:uuid:`, which the database does not.
      onCreate: (ajv) => void ajv.addFormat('uuid', uuidPattern),
    },
    frameworkErrors: sendError,
    clientErrorHandler: answerBadMessage,
    forceCloseConnections: 'idle',
    requestTimeout: 0,
    trustProxy: [...context.config.trustedProxies],
  });
  registerTracing(app, context);
  registerErrors(app);
  registerSecurityHeaders(app, context);
  await app.register(fastifyCookie);
  registerAudit(app, context);
  registerAuthentication(app, context);
  registerJsonBody(app);
  registerSystemRoutes(app, context);
  await registerHandlers(app, context, allHandlers);
  await registerDocs(app);
  if (webRoot !== null) await registerWebApp(app, context, webRoot);
  return app;
}

/** A key that repeats becomes a list, in order. */
function groupQuery(text: string): Map<string, string | string[]> {
  const grouped = new Map<string, string | string[]>();
  for (const [key, value] of new URLSearchParams(text)) {
    const before = grouped.get(key);
    grouped.set(key, before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value]);
  }
  return grouped;
}
