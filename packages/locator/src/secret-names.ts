/**
 * Names of parameters that grant access by themselves, whichever service they belong to; also after `&amp;`, which
 * pasting from HTML leaves behind. `x-amz-signature` and `x-obs-security-token` match by their ends.
 */
const SECRET_NAME =
  /(?:^|[-_.;])(?:signature|sig|token|auth|authorization|tempauth|authkey|rlkey|resourcekey|jwt|hmac|hdnts|hdnea|hdntl|password|passwd|secret|api[-_]?key)$/;

/** @param name in lower case */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name);
}
