import { findPointCloudFormat } from '@latchkey/probe/point-cloud/point-cloud-format';
import { findSignature } from '@latchkey/probe/sniff/signatures';

/** Why a file is not shown that is known to be something else, by its first bytes; null: nothing speaks against it. */
export function refusalOf(bytes: Uint8Array): string | null {
  const found = findPointCloudFormat(bytes) === null ? findSignature(bytes) : null;
  return found ? `The file is ${found.name}. Shown are PCD, PLY, LAS and LAZ.` : null;
}
