/** What is wrong with pasted text as an Ed25519 public key, or null. A private key must not leave the browser. */
export function publicKeyProblem(text: string): string | null {
  const key = text.trim();
  if (key === '') return null;
  if (/PRIVATE KEY|PuTTY-User-Key-File|b3BlbnNzaC1rZXktdjE/.test(key))
    return 'This is a private key. Keep it secret and paste the public key, from the file that ends in .pub.';
  if (!key.startsWith('ssh-ed25519 '))
    return 'The key must be an Ed25519 public key in OpenSSH form: "ssh-ed25519 AAAA...".';
  return null;
}

/** The comment at the end of an OpenSSH public key, a natural title. */
export const keyComment = (text: string): string => text.trim().split(/\s+/).slice(2).join(' ');
