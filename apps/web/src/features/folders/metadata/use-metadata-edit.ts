import { useState } from 'react';
import type { MetadataEdit } from '../../../components/storage/item-changes.js';
import { parseMetadata } from '../../../components/storage/metadata-text.js';
import { useMetadataSchema } from '../../../lib/metadata-schema.js';

/** The edit that is being typed; null while there is none that can be made. */
export function useMetadataEdit() {
  const [text, setText] = useState('');
  const [remove, setRemove] = useState<readonly string[]>([]);
  const parsed = parseMetadata(text, useMetadataSchema().data);
  const problem = 'problem' in parsed ? parsed.problem : bothIn(parsed.value, remove);
  const edit: MetadataEdit | null =
    'value' in parsed && problem === null ? { set: parsed.value, remove } : null;
  return { text, setText, remove, setRemove, problem, edit };
}

function bothIn(set: object, remove: readonly string[]): string | null {
  const both = remove.find((key) => Object.hasOwn(set, key));
  return both === undefined ? null : `The key "${both}" is set here and removed below. Take it out of one.`;
}
