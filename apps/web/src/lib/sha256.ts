import { sha256 as digest } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** In hexadecimal digits. The browser's own needs a secure context, and a promise for each of a million texts. */
export const sha256 = (text: string): string => bytesToHex(digest(utf8ToBytes(text)));
