import { clientMetadataProblem } from '@latchkey/contract/client-metadata';
import { metadataCheck } from '@latchkey/contract/metadata-check';
import type { JsonObject } from '@latchkey/contract/schemas/common';
import type { MetadataSchema } from '@latchkey/contract/schemas/metadata-schema';

/** JSON text made readable; as it is when it cannot be read. */
export function prettyMetadata(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** What the user typed as client metadata, or why it cannot be that; also by the metadata schema, where that is known. */
export function parseMetadata(
  text: string,
  schema: MetadataSchema = {},
): { value: JsonObject } | { problem: string } {
  let value: unknown;
  try {
    value = text.trim() === '' ? {} : JSON.parse(text);
  } catch (error) {
    return { problem: `This is not JSON: ${error instanceof Error ? error.message : ''}` };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { problem: 'Client metadata is a JSON object: { "key": "value" }.' };
  const metadata = value as JsonObject;
  const problem = clientMetadataProblem(metadata) ?? metadataCheck(schema)?.(metadata)?.message;
  return problem ? { problem } : { value: metadata };
}
