import { formatDateTime } from '../format.js';
import type { SignerProblem } from './signer-problem.js';

interface ProblemText {
  readonly title: string;
  readonly what: string;
  readonly whatToDo: string;
}

type Texts = {
  readonly [K in SignerProblem['kind']]: (problem: Extract<SignerProblem, { kind: K }>) => ProblemText;
};

const texts: Texts = {
  'no-signer': () => ({
    title: 'The integration has no signer',
    what: 'The item names its object in a store (s3://, gs:// or az://), which only a signer can open.',
    whatToDo: 'Ask an admin of the integration to set its signer URL.',
  }),
  unreachable: ({ host }) => ({
    title: 'The signer cannot be reached',
    what: `${host} did not answer your browser.`,
    whatToDo: 'Check that it runs and that your network reaches it (VPN, firewall); then try again.',
  }),
  'no-cors': ({ host }) => ({
    title: 'The signer does not allow this page to read its answer',
    what: `${host} answers, but without the CORS headers that your browser needs.`,
    whatToDo: `Let the signer allow the origin ${location.origin}, the method POST and the headers authorization and content-type.`,
  }),
  policy: ({ host }) => ({
    title: 'The security policy of this page blocks the signer',
    what: `${host} is not among the signers that this page may ask.`,
    whatToDo: 'Check the signer URL of the integration, then load this page again.',
  }),
  refused: ({ host, status, code, message }) => ({
    title: status === 401 ? 'The signer does not accept the token' : 'The signer refuses the request',
    what: `${host} answered ${status} (${[code, message].filter(Boolean).join(': ') || 'it gave no reason'}).`,
    whatToDo:
      status === 401
        ? 'Check that the signer is set to the address of this Latchkey, that it can read its /.well-known/jwks.json, and that its clock is right.'
        : status === 429
          ? 'Try again in a moment.'
          : 'Look into the log of the signer.',
  }),
  malformed: ({ host, reason }) => ({
    title: 'The answer of the signer cannot be understood',
    what: `${host} answered, but not as the protocol says. ${reason}`,
    whatToDo: 'Run “latchkey signer check” against it: that names what it does otherwise.',
  }),
  'object-refused': ({ host, code, message }) => ({
    title: 'The signer gives no URL of this object',
    what: `${host} says: ${[code, message].filter(Boolean).join(': ').replace(/\.$/, '')}.`,
    whatToDo: 'Ask those who run the signer to allow the object for you and this integration.',
  }),
  'host-not-allowed': ({ host, urlHost }) => ({
    title: 'The URL of the signer is of a host that the integration does not allow',
    what: `${host} gave a URL at ${urlHost}.`,
    whatToDo: 'Add the host to the allowed hosts of the integration, or correct the signer.',
  }),
  'dead-url': ({ host, expiresAt }) => ({
    title: 'The URL of the signer has expired already',
    what: `${host} gave a URL that was good until ${formatDateTime(expiresAt)}.`,
    whatToDo: 'Check the clock of the signer and that of this computer.',
  }),
};

/** Names the hosts and nothing else of a URL. */
export function signerProblemText<K extends SignerProblem['kind']>(
  problem: Extract<SignerProblem, { kind: K }>,
): ProblemText {
  const text: Texts[K] = texts[problem.kind as K];
  return text(problem);
}
