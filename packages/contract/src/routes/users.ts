import { defineRoute } from '../route.js';
import { User } from '../schemas/user.js';
import {
  DeactivatedUser,
  DeactivateUser,
  HandedOver,
  HandOver,
  HandOverPreview,
  PatchUser,
} from '../schemas/user-state.js';
import { prefix, UserParams } from './params.js';

const tag = 'Users and sessions';
const base = `${prefix}/users/{userUuid}`;

export const patchUser = defineRoute({
  operationId: 'patchUser',
  method: 'PATCH',
  path: base,
  tag,
  summary:
    'Change the name or the organisation role of a user. Who is no administrator any more loses the links that they made.',
  permission: 'organisation:admin',
  schemas: { params: UserParams, body: PatchUser, response: User },
  errors: ['user_not_found', 'organisation_last_admin', 'service_account'],
});
export const deactivateUser = defineRoute({
  operationId: 'deactivateUser',
  method: 'POST',
  path: `${base}/deactivate`,
  tag,
  summary:
    'Nobody signs in or acts as the user any more: sessions end, tokens and SSH keys do not work. Nothing of theirs is lost, and their running upload jobs go on.',
  permission: 'organisation:admin',
  schemas: { params: UserParams, body: DeactivateUser, response: DeactivatedUser },
  errors: ['user_not_found', 'user_not_active', 'own_user', 'organisation_last_admin', 'service_account'],
});
export const reactivateUser = defineRoute({
  operationId: 'reactivateUser',
  method: 'POST',
  path: `${base}/reactivate`,
  tag,
  summary:
    'The user signs in as before; tokens and SSH keys work again. What was handed over stays with who got it.',
  permission: 'organisation:admin',
  schemas: { params: UserParams, response: User },
  errors: ['user_not_found'],
});
export const previewHandOver = defineRoute({
  operationId: 'previewHandOver',
  method: 'GET',
  path: `${base}/hand-over`,
  tag,
  summary: 'How much another user would get of what is theirs.',
  permission: 'organisation:admin',
  schemas: { params: UserParams, response: HandOverPreview },
  errors: ['user_not_found'],
});
export const handOverUser = defineRoute({
  operationId: 'handOverUser',
  method: 'POST',
  path: `${base}/hand-over`,
  tag,
  summary:
    'Another user administers, in the place of a deactivated one, what that one administered or had alone.',
  permission: 'organisation:admin',
  schemas: { params: UserParams, body: HandOver, response: HandedOver },
  errors: ['user_not_found', 'user_active', 'user_not_active', 'service_account'],
});
