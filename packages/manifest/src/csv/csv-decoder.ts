import { LatchkeyError } from '@latchkey/contract/errors';

/** Bytes that tell UTF-16 without a mark: every other one of the first is zero in a table of URLs. */
const headBytes = 64;

/** UTF-8 or UTF-16 as spreadsheets write it, with or without a byte order mark, in pieces of any size. */
export class CsvDecoder {
  private decoder: InstanceType<typeof TextDecoder> | null = null;
  private head: Uint8Array = new Uint8Array(0);

  decode(chunk: Uint8Array): string {
    if (this.decoder) return this.read(this.decoder, chunk, true);
    const head = new Uint8Array(this.head.length + chunk.length);
    head.set(this.head);
    head.set(chunk, this.head.length);
    this.head = head;
    return head.length < headBytes ? '' : this.start();
  }

  end(): string {
    const text = this.decoder ? '' : this.start();
    return text + (this.decoder ? this.read(this.decoder, new Uint8Array(0), false) : '');
  }

  private start(): string {
    this.decoder = new TextDecoder(encodingOf(this.head), { fatal: true });
    return this.read(this.decoder, this.head, true);
  }

  private read(decoder: InstanceType<typeof TextDecoder>, bytes: Uint8Array, stream: boolean): string {
    try {
      return decoder.decode(bytes, { stream });
    } catch (cause) {
      const message = `The file is not valid ${decoder.encoding.toUpperCase()}. Save it as "CSV UTF-8".`;
      throw new LatchkeyError('not_a_manifest', message, { cause });
    }
  }
}

function encodingOf(head: Uint8Array): string {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const isZero = (parity: number) =>
    head.length > 3 && head.slice(0, headBytes).every((byte, at) => at % 2 !== parity || byte === 0);
  if (isZero(1)) return 'utf-16le';
  return isZero(0) ? 'utf-16be' : 'utf-8';
}
