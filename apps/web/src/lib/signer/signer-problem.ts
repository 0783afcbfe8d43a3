/** Why there is no fresh URL of an object. */
export type SignerProblem =
  /** Only a signer can open the object, and its integration has none. */
  | { readonly kind: 'no-signer' }
  | { readonly kind: 'unreachable'; readonly host: string }
  | { readonly kind: 'no-cors'; readonly host: string }
  | { readonly kind: 'policy'; readonly host: string }
  | {
      readonly kind: 'refused';
      readonly host: string;
      readonly status: number;
      readonly code: string | null;
      readonly message: string;
    }
  | { readonly kind: 'malformed'; readonly host: string; readonly reason: string }
  | {
      readonly kind: 'object-refused';
      readonly host: string;
      readonly code: string;
      readonly message: string;
    }
  | { readonly kind: 'host-not-allowed'; readonly host: string; readonly urlHost: string }
  | { readonly kind: 'dead-url'; readonly host: string; readonly expiresAt: string };

/** The signer gave no answer for any object of a request. */
export class SignerFailure extends Error {
  override readonly name = 'SignerFailure';
  readonly problem: SignerProblem;
  constructor(problem: SignerProblem) {
    super(`The signer gave no answer (${problem.kind}).`);
    this.problem = problem;
  }
}
