import type { JsonObject } from '@latchkey/contract/schemas/common';
import { type ManifestType, manifestTypeOf } from './manifest-type.js';
import { type BinaryBody, isBinaryBody, isReopenableBody, jsonBytes, streamOf } from './request-body.js';

/**
 * A manifest: an object; JSON text; the path of a file (Node.js: text that does not start with `{` or `[`); a Blob or
 * File; bytes; or an iterable of bytes, which is sent as it comes.
 */
export type ManifestInput = JsonObject | string | Blob | Uint8Array | AsyncIterable<Uint8Array>;

/** Opens a file for sending; browsers have none. */
export type OpenManifestFile = (path: string) => { body: BinaryBody; fileName: string };

export interface ManifestToSend {
  readonly body: BinaryBody;
  readonly fileName: string | undefined;
  /** Undefined where no name tells. */
  readonly contentType: ManifestType['contentType'] | undefined;
  readonly contentEncoding: ManifestType['contentEncoding'];
}

/** @throws TypeError for a path where files cannot be read. */
export function manifestToSend(input: ManifestInput, openFile: OpenManifestFile | undefined): ManifestToSend {
  if (typeof input === 'string' && !/^\s*[[{]/.test(input)) {
    if (!openFile) throw new TypeError('A manifest given by path can be read in Node.js only: give a File.');
    const { body, fileName } = openFile(input);
    return { body, fileName, ...typeOf(fileName) };
  }
  const fileName = input instanceof Blob && 'name' in input ? String(input.name) : undefined;
  return { body: bodyOf(input), fileName, ...typeOf(fileName) };
}

function bodyOf(input: ManifestInput): BinaryBody {
  if (typeof input === 'string') return new TextEncoder().encode(input);
  if (isBinaryBody(input) && !isReopenableBody(input)) return input;
  if (isAsyncIterable(input)) return streamOf(input);
  return jsonBytes(input);
}

const isAsyncIterable = (value: object): value is AsyncIterable<Uint8Array> => Symbol.asyncIterator in value;

const unknownType = { contentType: undefined, contentEncoding: undefined };

const typeOf = (fileName: string | undefined) =>
  (fileName === undefined ? null : manifestTypeOf(fileName)) ?? unknownType;
