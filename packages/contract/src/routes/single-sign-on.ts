import { defineRoute } from '../route.js';
import {
  BeginSingleSignOn,
  BegunSingleSignOn,
  FinishedSingleSignOn,
  FinishSingleSignOn,
  SignInMethods,
} from '../schemas/single-sign-on.js';
import { prefix } from './params.js';

const tag = 'Single sign-on';

const base = `${prefix}/session/single-sign-on`;

export const getSignInMethods = defineRoute({
  operationId: 'getSignInMethods',
  method: 'GET',
  path: `${prefix}/session/methods`,
  tag,
  summary: 'How one can sign in: with a password, by an identity provider, or both.',
  permission: 'public',
  schemas: { response: SignInMethods },
});
export const beginSingleSignOn = defineRoute({
  operationId: 'beginSingleSignOn',
  method: 'POST',
  path: base,
  tag,
  summary:
    'Begin to sign in by the identity provider (OpenID Connect, authorization code with PKCE); sets a cookie that holds for ten minutes.',
  permission: 'public',
  schemas: { body: BeginSingleSignOn, response: BegunSingleSignOn },
  errors: ['single_sign_on_not_set_up', 'identity_provider_unreachable', 'identity_provider_error'],
});
export const finishSingleSignOn = defineRoute({
  operationId: 'finishSingleSignOn',
  method: 'POST',
  path: `${base}/callback`,
  tag,
  summary: 'Finish to sign in, with what the identity provider has answered; sets the session cookie.',
  permission: 'public',
  schemas: { body: FinishSingleSignOn, response: FinishedSingleSignOn },
  errors: [
    'single_sign_on_not_set_up',
    'single_sign_on_expired',
    'single_sign_on_denied',
    'identity_provider_unreachable',
    'identity_provider_error',
    'id_token_invalid',
    'id_token_signature_invalid',
    'id_token_nonce_mismatch',
    'id_token_not_current',
    'email_not_verified',
    'user_not_allowed',
    'service_account',
    'user_deactivated',
    'email_taken',
    'too_many_attempts',
  ],
});
