import { defineRoute } from '../route.js';
import {
  AcceptInvitation,
  CreatedOneTimeLink,
  CreateInvitation,
  CreatePasswordReset,
  LookUpOneTimeLink,
  OneTimeLinkList,
  OneTimeLinkSubject,
  ResetPassword,
} from '../schemas/one-time-link.js';
import { Session } from '../schemas/user.js';
import { OneTimeLinkParams, prefix, UserParams } from './params.js';

const tag = 'Invitations and new passwords';
const base = `${prefix}/one-time-links`;

export const listOneTimeLinks = defineRoute({
  operationId: 'listOneTimeLinks',
  method: 'GET',
  path: base,
  tag,
  summary: 'Invitations and links for a new password that nobody has used yet, the newest first.',
  permission: 'organisation:admin',
  schemas: { response: OneTimeLinkList },
});
export const createInvitation = defineRoute({
  operationId: 'createInvitation',
  method: 'POST',
  path: `${base}/invitations`,
  tag,
  summary:
    'Make a link by which one person becomes a user. An earlier one for the same address does not work any more.',
  permission: 'organisation:admin',
  schemas: { body: CreateInvitation, response: CreatedOneTimeLink },
  errors: ['email_taken', 'password_sign_in_off'],
});
export const createPasswordReset = defineRoute({
  operationId: 'createPasswordReset',
  method: 'POST',
  path: `${prefix}/users/{userUuid}/password-reset`,
  tag,
  summary: 'Make a link by which the user sets a new password.',
  permission: 'organisation:admin',
  schemas: { params: UserParams, body: CreatePasswordReset, response: CreatedOneTimeLink },
  errors: ['user_not_found', 'user_not_active', 'service_account', 'password_sign_in_off'],
});
export const revokeOneTimeLink = defineRoute({
  operationId: 'revokeOneTimeLink',
  method: 'DELETE',
  path: `${base}/{linkUuid}`,
  tag,
  summary: 'Make a link worthless.',
  permission: 'organisation:admin',
  schemas: { params: OneTimeLinkParams },
  errors: ['link_not_found'],
});
export const lookUpOneTimeLink = defineRoute({
  operationId: 'lookUpOneTimeLink',
  method: 'POST',
  path: `${base}/lookup`,
  tag,
  summary: 'Whom a link is for; it stays as it is.',
  permission: 'public',
  schemas: { body: LookUpOneTimeLink, response: OneTimeLinkSubject },
  errors: ['link_not_found'],
});
export const acceptInvitation = defineRoute({
  operationId: 'acceptInvitation',
  method: 'POST',
  path: `${base}/accept-invitation`,
  tag,
  summary: 'Become a user by an invitation; signs in.',
  permission: 'public',
  schemas: { body: AcceptInvitation, response: Session },
  errors: ['link_not_found', 'email_taken', 'password_sign_in_off'],
});
export const resetPassword = defineRoute({
  operationId: 'resetPassword',
  method: 'POST',
  path: `${base}/reset-password`,
  tag,
  summary: 'Set a new password by a link. All sessions of the user end.',
  permission: 'public',
  schemas: { body: ResetPassword },
  errors: ['link_not_found', 'password_sign_in_off'],
});
