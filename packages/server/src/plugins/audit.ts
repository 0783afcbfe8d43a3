import { errorCatalogue, LatchkeyError } from '@latchkey/contract/errors';
import type { Route } from '@latchkey/contract/route';
import { insertAuditEntries } from '@latchkey/db/audit/writer';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { v7 as uuidv7 } from 'uuid';
import { Refusals } from '../audit/refusals.js';
import { changeDetails, fieldsOf, subjectOf } from '../audit/request-entry.js';
import { actionOf } from '../audit/route-actions.js';
import type { AppContext } from '../context.js';
import { toStorable } from '../http/stored-text.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Of the contract; undefined for addresses that are no route of the API. */
    operationId?: string;
  }
}

/** Requests that were refused for who sent them are in the audit log. */
export function registerAudit(app: FastifyInstance, context: AppContext): void {
  const refusals = new Refusals(context);
  app.addHook('onError', async (request, _reply, error) => {
    if (isRefusal(error)) noteRefusal(refusals, request, error);
  });
  app.addHook('onClose', () => refusals.flush());
}

/** Whoever has not signed in yet, or is about to give a code, is no news. */
const noNews: readonly string[] = ['authentication_required', 'second_factor_required'];
const isRefusal = (error: unknown): error is LatchkeyError =>
  error instanceof LatchkeyError &&
  !noNews.includes(error.code) &&
  [401, 403, 429].includes(errorCatalogue[error.code].status ?? 0);

const longestEmail = 320;

function noteRefusal(refusals: Refusals, request: FastifyRequest, { code }: LatchkeyError): void {
  const { email } = fieldsOf(request.body);
  const action = 'request.refused';
  refusals.add({
    userId: request.caller?.userId ?? null,
    action,
    ...subjectOf(action, fieldsOf(request.params), undefined),
    details: {
      operation: request.routeOptions.config.operationId ?? null,
      code,
      address: request.ip,
      ...(typeof email === 'string' && { email: toStorable(email.slice(0, longestEmail)) }),
    },
  });
}

/** A request that has changed something, unless its service has written that. */
export async function recordChange(
  { db }: AppContext,
  route: Route,
  request: FastifyRequest,
  answer: unknown,
): Promise<void> {
  const action = actionOf(route);
  if (action === null) return;
  const userId = request.caller?.userId ?? signedInUser(answer);
  if (userId === null) return;
  const isSession = action.startsWith('session.');
  const details = isSession ? { address: request.ip } : changeDetails(request.body);
  await insertAuditEntries(db, [
    { id: uuidv7(), userId, action, ...subjectOf(action, fieldsOf(request.params), answer), details },
  ]);
}

/** Who has signed in by the request. */
function signedInUser(answer: unknown): string | null {
  const { uuid } = fieldsOf(fieldsOf(answer)['user']);
  return typeof uuid === 'string' ? uuid : null;
}
