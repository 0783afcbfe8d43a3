import { formatDateTime } from '../../../lib/format.js';
import type { Failure } from './diagnose.js';

export interface FailureText {
  readonly title: string;
  readonly what: string;
  readonly whatToDo: string;
}

const said = (code: string | null, message: string | null) =>
  [code, message].filter(Boolean).join(': ') || 'it gave no reason';

type Texts = {
  readonly [K in Failure['kind']]: (failure: Extract<Failure, { kind: K }>, host: string) => FailureText;
};

const texts: Texts = {
  expired: ({ expiresAt }, host) => ({
    title: 'The signed URL has expired',
    what: expiresAt
      ? `${host} refuses it: it was good until ${formatDateTime(expiresAt)}.`
      : `${host} refuses it as expired.`,
    whatToDo: 'Sign the object again and register it again into the same folder: the item gets the new URL.',
  }),
  refused: ({ status, storageCode, storageMessage }, host) => ({
    title: 'The storage refuses the URL',
    what: `${host} answered ${status} (${said(storageCode, storageMessage)}).`,
    whatToDo:
      'Check that the URL was registered completely, that it was signed for GET with the right key, and that the key may read the object.',
  }),
  'not-found': ({ status, storageCode }, host) => ({
    title: 'The object is not there',
    what: `${host} answered ${status} (${said(storageCode, null)}).`,
    whatToDo: 'It was moved or deleted in the bucket, or the URL names another one. Register the right URL.',
  }),
  'storage-error': ({ status }, host) => ({
    title: 'The storage has a fault',
    what: `${host} answered ${status}.`,
    whatToDo: 'Try again in a while.',
  }),
  'no-cors': (_failure, host) => ({
    title: 'The bucket does not allow this page to read it',
    what: `${host} answers, but without the CORS headers that your browser needs to show the answer to this page.`,
    whatToDo: 'Add this rule to the bucket:',
  }),
  policy: (_failure, host) => ({
    title: 'The security policy of this page blocks the host',
    what: `${host} is not among the hosts from which this page may load data.`,
    whatToDo:
      'Check the allowed hosts of the integration, and that you are a member of it; then load this page again.',
  }),
  'mixed-content': (_failure, host) => ({
    title: 'Insecure data on a secure page',
    what: `This page came over https, and browsers do not load data over http into such a page; ${host} is http.`,
    whatToDo: 'Serve the data over https and register those URLs.',
  }),
  unreachable: (_failure, host) => ({
    title: 'The storage cannot be reached',
    what: `${host} did not answer your browser.`,
    whatToDo:
      'Check that your network reaches it (VPN, firewall, IP allow-list) and that no browser extension blocks it.',
  }),
  unreadable: ({ contentType, reason }, host) => ({
    title: 'The browser cannot show this file',
    what:
      reason ??
      `${host} delivers it${contentType ? ` as ${contentType}` : ''}, but it is damaged, or in a format or codec that this browser does not know.`,
    whatToDo: 'Open it in another program, or register a copy in a format that browsers know.',
  }),
};

/** `host` is the host of the URL: the rest of a signed URL is a secret and stays out of messages. */
export function failureText<K extends Failure['kind']>(
  failure: Extract<Failure, { kind: K }>,
  host: string,
): FailureText {
  const text: Texts[K] = texts[failure.kind as K];
  return text(failure, host);
}
