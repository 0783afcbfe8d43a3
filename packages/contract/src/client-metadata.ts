import { limits } from './limits.js';

/**
 * Why client metadata is refused, or null if it is fine. Keys: not empty, no leading `$` (but the reserved root key
 * `$encord`), only letters, digits and `-_ .`, not solely those marks, and not `keyframes`. `maxBytes` is `Infinity`
 * for metadata whose size is known to be fine.
 */
export function clientMetadataProblem(
  metadata: Readonly<Record<string, unknown>>,
  maxBytes: number = limits.clientMetadataBytes,
): string | null {
  for (const key of Object.keys(metadata)) {
    if (goodKeys.has(key)) continue;
    const problem = keyProblem(key);
    if (problem) return problem;
    if (goodKeys.size < mostGoodKeys) goodKeys.add(key);
  }
  if (maxBytes < Infinity && new TextEncoder().encode(JSON.stringify(metadata)).length > maxBytes)
    return `The client metadata is larger than the ${maxBytes} bytes allowed (limit clientMetadataBytes).`;
  return null;
}

/** The items of a manifest have the same few keys, each of them a million times. */
const goodKeys = new Set<string>();
const mostGoodKeys = 1000;

function keyProblem(key: string): string | null {
  const shown = JSON.stringify(key.length > 80 ? `${key.slice(0, 80)}…` : key);
  if (key === '$encord') return null;
  if (key === '') return 'A key of the client metadata is empty.';
  if (key.startsWith('$')) return `The key ${shown} of the client metadata starts with "$".`;
  if (key === 'keyframes') return 'The key "keyframes" of the client metadata is reserved.';
  if (!/^[\p{L}\p{N}\-_ .]+$/u.test(key))
    return `The key ${shown} of the client metadata has characters other than letters, digits, "-", "_", " " and ".".`;
  if (!/[\p{L}\p{N}]/u.test(key))
    return `The key ${shown} of the client metadata has neither a letter nor a digit.`;
  return null;
}
