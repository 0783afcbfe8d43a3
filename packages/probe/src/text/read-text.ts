import type { ByteSource } from '../byte-source.js';
import { ProbeError } from '../probe-error.js';
import type { Measured } from '../reader.js';
import { findTextEncoding } from './text-encoding.js';
import { findTextMimeType } from './text-mime-type.js';

/** Its encoding and type are told by the beginning of a long text. */
const headBytes = 64 * 1024;

/** Plain text of any kind. Its type comes from its bytes and from what the storage says, never from its name. */
export async function readText(source: ByteSource): Promise<Measured<'text'>> {
  const fileSize = await source.size();
  const head = await source.read(0, headBytes);
  const encoding = await findTextEncoding(head, { cut: head.length < fileSize });
  if (encoding === null)
    throw new ProbeError('wrong_type', 'Expected a text, found binary data: it has bytes that no text has.');
  const start = new TextDecoder(encoding).decode(head, { stream: true });
  const mimeType = findTextMimeType(start, {
    cut: head.length < fileSize,
    said: (await source.contentType?.()) ?? null,
  });
  return { metadata: { fileSize, mimeType }, facts: { encoding } };
}
