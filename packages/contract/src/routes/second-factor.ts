import { defineRoute } from '../route.js';
import {
  CodeBody,
  EnrolledSecondFactor,
  EnrolSecondFactor,
  RecoveryCodes,
  SecondFactor,
} from '../schemas/second-factor.js';
import { prefix, UserParams } from './params.js';

const tag = 'Second factor';
const permission = 'user';
const base = `${prefix}/user/second-factor`;

export const getSecondFactor = defineRoute({
  operationId: 'getSecondFactor',
  method: 'GET',
  path: base,
  tag,
  summary: 'Whether signing in with the password asks for a code.',
  permission,
  schemas: { response: SecondFactor },
});
export const enrolSecondFactor = defineRoute({
  operationId: 'enrolSecondFactor',
  method: 'POST',
  path: base,
  tag,
  summary: 'Make a secret for an authenticator app. No code is asked for until one has confirmed it.',
  permission,
  schemas: { body: EnrolSecondFactor, response: EnrolledSecondFactor },
  errors: ['wrong_password', 'second_factor_enabled', 'too_many_attempts'],
});
export const enableSecondFactor = defineRoute({
  operationId: 'enableSecondFactor',
  method: 'POST',
  path: `${base}/enable`,
  tag,
  summary: 'Confirm the secret by a code of the app; the answer has the recovery codes, this once.',
  permission,
  schemas: { body: CodeBody, response: RecoveryCodes },
  errors: ['wrong_code', 'second_factor_enabled', 'second_factor_not_found', 'too_many_attempts'],
});
export const renewRecoveryCodes = defineRoute({
  operationId: 'renewRecoveryCodes',
  method: 'POST',
  path: `${base}/recovery-codes`,
  tag,
  summary: 'Make new recovery codes, by a code; the former ones do not work any more.',
  permission,
  schemas: { body: CodeBody, response: RecoveryCodes },
  errors: ['wrong_code', 'second_factor_not_found', 'too_many_attempts'],
});
export const disableSecondFactor = defineRoute({
  operationId: 'disableSecondFactor',
  method: 'POST',
  path: `${base}/disable`,
  tag,
  summary: 'Ask for no code any more, by a code.',
  permission,
  schemas: { body: CodeBody },
  errors: ['wrong_code', 'second_factor_not_found', 'too_many_attempts'],
});
export const resetSecondFactor = defineRoute({
  operationId: 'resetSecondFactor',
  method: 'DELETE',
  path: `${prefix}/users/{userUuid}/second-factor`,
  tag,
  summary: 'Remove the second factor of a user who has lost it.',
  permission: 'organisation:admin',
  schemas: { params: UserParams },
  errors: ['second_factor_not_found'],
});
