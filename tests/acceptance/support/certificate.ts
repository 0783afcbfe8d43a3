import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

export interface Certificate {
  readonly certificateFile: string;
  readonly keyFile: string;
}

/** Of an address, signed by nobody: for browsers that ignore that. */
export function makeCertificate(directory: string, address: string): Certificate {
  const certificate = { certificateFile: join(directory, 'crt.pem'), keyFile: join(directory, 'key.pem') };
  const name = ['-subj', `/CN=${address}`, '-addext', `subjectAltName=IP:${address}`];
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  const files = ['-keyout', certificate.keyFile, '-out', certificate.certificateFile];
  execFileSync('openssl', ['req', '-x509', ...key, ...name, ...files], { stdio: 'ignore' });
  return certificate;
}
