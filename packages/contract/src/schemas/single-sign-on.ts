import { Type } from 'typebox';
import { limits } from '../limits.js';
import { Nullable } from './common.js';
import { Session } from './user.js';

/** What the sign-in page offers. */
export const SignInMethods = Type.Object({
  password: Type.Boolean(),
  singleSignOn: Nullable(
    Type.Object({ name: Type.String({ description: 'Of the identity provider, as people know it.' }) }),
  ),
});

const ReturnPath = Type.String({
  maxLength: limits.returnPathLength,
  pattern: '^/([^/\\\\]|$)',
  description: 'Path and query in the web app to go on to.',
});

export const BeginSingleSignOn = Type.Object(
  { returnPath: Type.Optional(ReturnPath) },
  { additionalProperties: false },
);
export const BegunSingleSignOn = Type.Object({
  authorizationUrl: Type.String({ description: 'Of the identity provider, to go to with the same browser.' }),
});

export const FinishSingleSignOn = Type.Object(
  {
    query: Type.String({
      maxLength: limits.providerAnswerLength,
      description: 'Query of the address at which the provider has sent the browser back.',
    }),
  },
  { additionalProperties: false },
);
export const FinishedSingleSignOn = Type.Object({ ...Session.properties, returnPath: ReturnPath });
