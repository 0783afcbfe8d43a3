import { type Static, Type } from 'typebox';
import { Nullable, Timestamp } from './common.js';

export const SecondFactor = Type.Object({
  isEnabled: Type.Boolean({ description: 'Signing in with the password asks for a code.' }),
  enabledAt: Nullable(Timestamp),
  recoveryCodesLeft: Type.Integer({ minimum: 0 }),
});
export type SecondFactor = Static<typeof SecondFactor>;
export const EnrolSecondFactor = Type.Object(
  { password: Type.String({ maxLength: 1000, description: 'Of the user, once more.' }) },
  { additionalProperties: false },
);
export const EnrolledSecondFactor = Type.Object({
  secret: Type.String({ description: 'In base32, for apps that cannot read the picture. Shown once.' }),
  uri: Type.String({ description: 'otpauth://, for the QR code.' }),
});
export type EnrolledSecondFactor = Static<typeof EnrolledSecondFactor>;

/** A code of the authenticator app, or a recovery code; spaces and dashes do not matter. */
export const Code = Type.String({ minLength: 6, maxLength: 40 });
export const CodeBody = Type.Object({ code: Code }, { additionalProperties: false });
export const RecoveryCodes = Type.Object({
  recoveryCodes: Type.Array(Type.String(), { description: 'Each works once. Shown once.' }),
});
