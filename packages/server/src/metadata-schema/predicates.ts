import { LatchkeyError } from '@latchkey/contract/errors';
import { allowedBy, metadataCheck } from '@latchkey/contract/metadata-check';
import {
  type MetadataCondition,
  metadataConditionForm,
  operatorsOf,
  parseMetadataCondition,
} from '@latchkey/contract/metadata-filter';
import type { MetadataKeyType } from '@latchkey/contract/schemas/metadata-schema';
import type { Executor } from '@latchkey/db/engine/executor';
import type { MetadataPredicate } from '@latchkey/db/items/metadata-conditions';
import { listComparedKeys } from '@latchkey/db/metadata-schema/reader';
import { toStoredText } from '../http/stored-text.js';

/** What a list is narrowed by; throws `invalid_request` for what is no condition on a key of the metadata schema. */
export async function toMetadataPredicates(
  db: Executor,
  given: readonly string[] | undefined,
): Promise<readonly MetadataPredicate[]> {
  if (given === undefined || given.length === 0) return [];
  const keys = new Map((await listComparedKeys(db)).map((row) => [row.key, row]));
  return given.map((text) => {
    const condition = parseMetadataCondition(toStoredText(text, 'metadata'));
    if (condition === null) refuse(`${shown(text)} is no condition. ${metadataConditionForm}`);
    const key = keys.get(condition.key);
    if (!key)
      refuse(
        `The metadata schema has no key ${shown(condition.key)}. It has ${namesOf([...keys.keys()])}; an organisation admin adds others.`,
      );
    mustSuit(condition, key.compared_as, JSON.parse(key.type) as MetadataKeyType);
    return {
      key: condition.key,
      comparedAs: key.compared_as,
      indexId: key.index_id,
      isEntered: key.is_entered,
      asks: asksOf(condition, key.compared_as),
    };
  });
}

function mustSuit(
  { key, operator, values }: MetadataCondition,
  comparedAs: MetadataPredicate['comparedAs'],
  type: MetadataKeyType,
): void {
  const operators = operatorsOf(comparedAs);
  if (!operators.includes(operator))
    refuse(`The key ${shown(key)} is not compared by "${operator}". Use ${operators.join(', ')}.`);
  // What items have from before the schema is found as well: of an enum every text is taken.
  const asked: MetadataKeyType = comparedAs === 'text' ? { ty: 'text' } : type;
  const check = metadataCheck({ [key]: asked });
  const bad = values.find((value) => check?.({ [key]: value }));
  if (bad !== undefined)
    refuse(`The key ${shown(key)} is compared with ${allowedBy(asked)}, not with ${shown(bad)}.`);
}

function asksOf(
  { operator, values }: MetadataCondition,
  comparedAs: MetadataPredicate['comparedAs'],
): MetadataPredicate['asks'] {
  if (operator === 'exists') return { kind: 'exists' };
  const texts = values.map((value) => (comparedAs === 'uuid' ? String(value).toLowerCase() : String(value)));
  if (operator === '=' || operator === 'in') return { kind: 'equals', values: texts };
  return { kind: 'range', operator, value: texts[0] ?? '' };
}

const shownLength = 80;
const shownKeys = 10;

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > shownLength ? `${text.slice(0, shownLength)}…` : text;
}

function namesOf(keys: readonly string[]): string {
  if (keys.length === 0) return 'none';
  const names = keys.slice(0, shownKeys).map(shown).join(', ');
  return keys.length > shownKeys ? `${names} and ${keys.length - shownKeys} more` : names;
}

function refuse(message: string): never {
  throw new LatchkeyError('invalid_request', message, { details: { place: 'query', field: 'metadata' } });
}
