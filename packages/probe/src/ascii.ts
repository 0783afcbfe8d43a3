/** The bytes as text, one character a byte; control characters and umlauts too. */
export function latin1(bytes: Uint8Array): string {
  let text = '';
  // The arguments of one call are limited in number.
  for (let at = 0; at < bytes.length; at += 4096)
    text += String.fromCharCode(...bytes.subarray(at, at + 4096));
  return text;
}

/** `text` has characters of one byte only. */
export function startsWith(bytes: Uint8Array, text: string, at = 0): boolean {
  for (let index = 0; index < text.length; index++)
    if (bytes[at + index] !== text.charCodeAt(index)) return false;
  return true;
}
