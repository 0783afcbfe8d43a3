import { X509Certificate } from 'node:crypto';
import { createSecureContext, type SecureContext } from 'node:tls';
import type { Certificate } from '../config/gateway-config.js';

interface Entry {
  context: SecureContext;
  certificate: X509Certificate;
}

/** The certificates of a listener, chosen by the name that the client asks for; the first if none fits. */
export class TlsContexts {
  #entries: readonly Entry[];

  constructor(certificates: readonly Certificate[]) {
    this.#entries = certificates.map(toEntry);
  }

  /** New connections get the new ones. */
  replace(certificates: readonly Certificate[]): void {
    this.#entries = certificates.map(toEntry);
  }

  contextFor(name: string): SecureContext | undefined {
    const found = this.#entries.find(({ certificate }) => certificate.checkHost(name) !== undefined);
    return (found ?? this.#entries[0])?.context;
  }
}

function toEntry({ certificate, key }: Certificate): Entry {
  return {
    context: createSecureContext({ cert: certificate, key, minVersion: 'TLSv1.2' }),
    certificate: new X509Certificate(certificate),
  };
}
