import { defineRoute } from '../route.js';
import { ChangePassword, EndedSessions, UserSessionList } from '../schemas/session.js';
import { prefix, SessionParams } from './params.js';

const tag = 'Users and sessions';
const permission = 'user';
const base = `${prefix}/user/sessions`;

export const listSessions = defineRoute({
  operationId: 'listSessions',
  method: 'GET',
  path: base,
  tag,
  summary: 'Where the user is signed in, the session used last first.',
  permission,
  schemas: { response: UserSessionList },
});
export const endSession = defineRoute({
  operationId: 'endSession',
  method: 'DELETE',
  path: `${base}/{sessionUuid}`,
  tag,
  summary: 'Sign out one session of the user.',
  permission,
  schemas: { params: SessionParams },
  errors: ['session_not_found'],
});
export const endOtherSessions = defineRoute({
  operationId: 'endOtherSessions',
  method: 'DELETE',
  path: base,
  tag,
  summary: 'Sign out all sessions of the user but the one of this request.',
  permission,
  schemas: { response: EndedSessions },
});
export const changePassword = defineRoute({
  operationId: 'changePassword',
  method: 'POST',
  path: `${prefix}/user/password`,
  tag,
  summary: 'Set a new password. All other sessions of the user end.',
  permission,
  schemas: { body: ChangePassword, response: EndedSessions },
  errors: ['wrong_password', 'too_many_attempts'],
});
