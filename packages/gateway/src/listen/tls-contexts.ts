import { X509Certificate } from 'node:crypto';
import { createSecureContext, type SecureContext, type SecureContextOptions } from 'node:tls';
import type { Certificate } from '../config/gateway-config.js';

interface Entry {
  context: SecureContext;
  certificate: X509Certificate;
}

/** The certificates of a listener, chosen by the name that the client asks for; the first if none fits. */
export class TlsContexts {
  #first: SecureContextOptions;
  #entries: readonly Entry[];
  #onReplace: () => void = () => undefined;

  constructor(certificates: readonly Certificate[]) {
    this.#first = firstOf(certificates);
    this.#entries = certificates.map(toEntry);
  }

  /** What a TLS server shows to a client that names no host, as none does that has an address for a name. */
  get first(): SecureContextOptions {
    return this.#first;
  }

  onReplace(listener: () => void): void {
    this.#onReplace = listener;
  }

  /** New connections get the new ones. */
  replace(certificates: readonly Certificate[]): void {
    this.#entries = certificates.map(toEntry);
    this.#first = firstOf(certificates);
    this.#onReplace();
  }

  contextFor(name: string): SecureContext | undefined {
    const found = this.#entries.find(({ certificate }) => certificate.checkHost(name) !== undefined);
    return (found ?? this.#entries[0])?.context;
  }
}

function firstOf([first]: readonly Certificate[]): SecureContextOptions {
  return first === undefined ? {} : { cert: first.certificate, key: first.key };
}

function toEntry({ certificate, key }: Certificate): Entry {
  return {
    context: createSecureContext({ cert: certificate, key, minVersion: 'TLSv1.2' }),
    certificate: new X509Certificate(certificate),
  };
}
