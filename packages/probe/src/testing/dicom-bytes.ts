/** Text, bytes, or the items of a sequence. */
export type DicomValue = string | Uint8Array | readonly (readonly DicomElement[])[];
export type DicomElement = readonly [tag: string, vr: string, value: DicomValue];

export interface DicomOptions {
  readonly transferSyntax?: string;
  readonly hasPreamble?: boolean;
  readonly hasMeta?: boolean;
  /** Sequences and their items end in delimiters. */
  readonly isOpen?: boolean;
  /** What is done with the encoded data set: deflate it. */
  readonly pack?: (dataSet: Uint8Array) => Uint8Array;
}

interface Encoding {
  readonly isExplicit: boolean;
  readonly isLittleEndian: boolean;
  readonly isOpen: boolean;
}

const longVrs = ['OB', 'OW', 'SQ', 'UN', 'UT', 'UC', 'SV', 'UV'];
const undefinedLength = 0xffffffff;

/** A DICOM file of these elements, in this order. */
export function dicomBytes(elements: readonly DicomElement[], options: DicomOptions = {}): Uint8Array {
  const {
    transferSyntax = '1.2.840.10008.1.2.1',
    hasPreamble = true,
    hasMeta = true,
    isOpen = false,
  } = options;
  const isExplicit = transferSyntax !== '1.2.840.10008.1.2';
  const isLittleEndian = transferSyntax !== '1.2.840.10008.1.2.2';
  const dataSet = encode(elements, { isExplicit, isLittleEndian, isOpen });
  const preamble = concat([new Uint8Array(128), latin1Bytes('DICM')]);
  return concat([
    hasPreamble ? preamble : new Uint8Array(0),
    hasMeta ? metaBytes(transferSyntax) : new Uint8Array(0),
    options.pack ? options.pack(dataSet) : dataSet,
  ]);
}

function metaBytes(transferSyntax: string): Uint8Array {
  const meta: DicomElement[] = [
    ['00020001', 'OB', new Uint8Array([0, 1])],
    ['00020010', 'UI', transferSyntax],
  ];
  return encode(meta, { isExplicit: true, isLittleEndian: true, isOpen: false });
}

function encode(elements: readonly DicomElement[], encoding: Encoding): Uint8Array {
  return concat(elements.map((element) => encodeElement(element, encoding)));
}

function encodeElement([tag, vr, value]: DicomElement, encoding: Encoding): Uint8Array {
  const isSequence = vr === 'SQ' && typeof value !== 'string' && !(value instanceof Uint8Array);
  if (isSequence) return encodeSequence(tag, value as readonly (readonly DicomElement[])[], encoding);
  const bytes = typeof value === 'string' ? latin1Bytes(value) : (value as Uint8Array);
  const even = bytes.length % 2 === 0 ? bytes : concat([bytes, latin1Bytes(vr === 'UI' ? '\0' : ' ')]);
  return concat([header(tag, vr, even.length, encoding), even]);
}

function encodeSequence(
  tag: string,
  items: readonly (readonly DicomElement[])[],
  encoding: Encoding,
): Uint8Array {
  const bare = { ...encoding, isExplicit: false };
  const parts = items.map((item) => {
    const bytes = encode(item, encoding);
    return encoding.isOpen
      ? concat([header('FFFEE000', '', undefinedLength, bare), bytes, header('FFFEE00D', '', 0, bare)])
      : concat([header('FFFEE000', '', bytes.length, bare), bytes]);
  });
  const body = concat(parts);
  return encoding.isOpen
    ? concat([header(tag, 'SQ', undefinedLength, encoding), body, header('FFFEE0DD', '', 0, bare)])
    : concat([header(tag, 'SQ', body.length, encoding), body]);
}

function header(
  tag: string,
  vr: string,
  length: number,
  { isExplicit, isLittleEndian }: Encoding,
): Uint8Array {
  const isLong = isExplicit && longVrs.includes(vr);
  const bytes = new Uint8Array(isLong ? 12 : 8);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, Number.parseInt(tag.slice(0, 4), 16), isLittleEndian);
  view.setUint16(2, Number.parseInt(tag.slice(4), 16), isLittleEndian);
  if (isExplicit) bytes.set(latin1Bytes(vr), 4);
  if (isExplicit && !isLong) view.setUint16(6, length, isLittleEndian);
  else view.setUint32(bytes.length - 4, length, isLittleEndian);
  return bytes;
}

export function latin1Bytes(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
