import { LatchkeyError } from '@latchkey/contract/errors';
import { type MetadataCheck, metadataCheck } from '@latchkey/contract/metadata-check';
import type { Executor } from '@latchkey/db/engine/executor';
import { readMetadataSchema } from './service.js';

/**
 * Throws `invalid_client_metadata_value` for the first value that does not fit the metadata schema. Each is JSON text
 * of an object; null is left alone.
 */
export async function mustFitSchema(db: Executor, metadata: readonly (string | null)[]): Promise<void> {
  const given = metadata.filter((text) => text !== null && text !== '{}');
  if (given.length === 0) return;
  const check = metadataCheck(await readMetadataSchema(db));
  if (check) for (const text of given) mustFit(check, JSON.parse(text as string));
}

function mustFit(check: MetadataCheck, metadata: Readonly<Record<string, unknown>>): void {
  const problem = check(metadata);
  if (problem === null) return;
  const message = `${problem.message} Nothing was changed. Give a value that is allowed, or ask an organisation admin to change the metadata schema.`;
  throw new LatchkeyError('invalid_client_metadata_value', message, {
    details: { field: `clientMetadata.${problem.key}`, key: problem.key },
  });
}
