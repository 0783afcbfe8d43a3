import type { Verdict } from './failure.js';

export interface FailureText {
  readonly title: string;
  readonly what: string;
  readonly whatToDo: string;
}

export interface Wording {
  /** Host of the URL: the rest of a signed URL is a secret and stays out of messages. */
  readonly host: string;
  /** Of a timestamp in ISO 8601. */
  readonly formatTime: (timestamp: string) => string;
}

const said = (code: string | null, message: string | null) =>
  [code, message].filter(Boolean).join(': ') || 'it gave no reason';

type Texts = {
  readonly [K in Verdict['kind']]: (verdict: Extract<Verdict, { kind: K }>, wording: Wording) => FailureText;
};

const texts: Texts = {
  fine: (_verdict, { host }) => ({
    title: 'Everything works',
    what: `${host} delivers the object, whole and by ranges, and lets pages of this address read it.`,
    whatToDo: 'Nothing.',
  }),
  expired: ({ expiresAt }, { host, formatTime }) => ({
    title: 'The signed URL has expired',
    what: expiresAt
      ? `${host} refuses it: it was good until ${formatTime(expiresAt)}.`
      : `${host} refuses it as expired.`,
    whatToDo: 'Sign the object again and register it again into the same folder: the item gets the new URL.',
  }),
  refused: ({ status, storageCode, storageMessage }, { host }) => ({
    title: 'The storage refuses the URL',
    what: `${host} answered ${status} (${said(storageCode, storageMessage)}).`,
    whatToDo:
      'Check that the URL was registered completely, that it was signed for GET with the right key, and that the key may read the object. Where the bucket has an allow-list of addresses, check that yours is on it (VPN).',
  }),
  'address-refused': ({ status, address }, { host }) => ({
    title: 'Your address is not allowed',
    what: `${host} answered ${status}: it serves only the addresses of its allow-list${
      address ? `, and ${address} is not on it` : ''
    }.`,
    whatToDo: `Connect through the network (VPN) whose addresses are allowed, or have ${address ?? 'your address'} added to the list.`,
  }),
  'wrong-region': ({ status, region }, { host }) => ({
    title: 'The bucket is in another region',
    what: `${host} answered ${status}: it does not hold the bucket${region ? `, which is in ${region}` : ''}.`,
    whatToDo: `Sign the URLs for ${region ? `the region ${region}` : 'the region of the bucket'} and its host, and register them again.`,
  }),
  'not-found': ({ status, storageCode }, { host }) => ({
    title: 'The object is not there',
    what: `${host} answered ${status} (${said(storageCode, null)}).`,
    whatToDo: 'It was moved or deleted in the bucket, or the URL names another one. Register the right URL.',
  }),
  'storage-error': ({ status }, { host }) => ({
    title: 'The storage has a fault',
    what: `${host} answered ${status}.`,
    whatToDo: 'Try again in a while.',
  }),
  'no-cors': (_failure, { host }) => ({
    title: 'The bucket does not allow this page to read it',
    what: `${host} answers, but without the CORS headers that your browser needs to show the answer to this page.`,
    whatToDo: 'Add this rule to the bucket:',
  }),
  'ranges-hidden': (_failure, { host }) => ({
    title: 'The bucket hides what part of a file it sends',
    what: `${host} sends ranges, but does not expose the header Content-Range to this page: large files are loaded whole, and some viewers cannot start.`,
    whatToDo: 'Let the rule of the bucket expose these headers:',
  }),
  'no-ranges': (_failure, { host }) => ({
    title: 'The storage sends whole files only',
    what: `${host} was asked for one byte and sent everything: videos cannot be sought, and large files are loaded whole.`,
    whatToDo: 'Let the server of these files, or the cache before it, answer requests with a Range header.',
  }),
  policy: (_failure, { host }) => ({
    title: 'The security policy of this page blocks the host',
    what: `${host} is not among the hosts from which this page may load data.`,
    whatToDo:
      'Check the allowed hosts of the integration, and that you are a member of it; then load this page again.',
  }),
  'mixed-content': (_failure, { host }) => ({
    title: 'Insecure data on a secure page',
    what: `This page came over https, and browsers do not load data over http into such a page; ${host} is http.`,
    whatToDo: 'Serve the data over https and register those URLs.',
  }),
  unreachable: (_failure, { host }) => ({
    title: 'The storage cannot be reached',
    what: `${host} did not answer.`,
    whatToDo:
      'Check that your network reaches it (VPN, firewall, IP allow-list) and that no browser extension blocks it.',
  }),
  'wrong-type': ({ contentType, expected }, { host }) => ({
    title: 'The storage says that the file is something else',
    what: `${host} delivers it as ${contentType}, and it is registered as ${expected}.`,
    whatToDo:
      'Set the Content-Type of the object in the bucket, or register it as what it is. A URL can also be signed with a response-content-type.',
  }),
  unreadable: ({ contentType, reason }, { host }) => ({
    title: 'The browser cannot show this file',
    what:
      reason ??
      `${host} delivers it${contentType ? ` as ${contentType}` : ''}, but it is damaged, or in a format or codec that this browser does not know.`,
    whatToDo: 'Open it in another program, or register a copy in a format that browsers know.',
  }),
};

export function failureText<K extends Verdict['kind']>(
  verdict: Extract<Verdict, { kind: K }>,
  wording: Wording,
): FailureText {
  const text: Texts[K] = texts[verdict.kind as K];
  return text(verdict, wording);
}

/** Whether a CORS rule of the bucket mends it. */
export const isMendedByCorsRule = ({ kind }: Verdict): boolean =>
  kind === 'no-cors' || kind === 'ranges-hidden';
