import { clientMetadataProblem } from '@latchkey/contract/client-metadata';
import { LatchkeyError } from '@latchkey/contract/errors';
import type { MetadataKeyType, MetadataSchema } from '@latchkey/contract/schemas/metadata-schema';
import { isStorable } from '../http/stored-text.js';

type LiveType = NonNullable<MetadataKeyType['deleted_ty']>;

/** The members that a type may have, and the one that it must have. */
const members: Readonly<
  Record<MetadataKeyType['ty'], { may: readonly (keyof MetadataKeyType)[]; must?: 'values' | 'size' }>
> = {
  number: { may: ['format'] },
  boolean: { may: [] },
  varchar: { may: ['max_length'] },
  text: { may: [] },
  datetime: { may: ['timezone'] },
  uuid: { may: [] },
  enum: { may: ['values'], must: 'values' },
  embedding: { may: ['size', 'api'], must: 'size' },
  geospatial: { may: [] },
  user: { may: [] },
  variant: { may: ['hint'] },
  tombstone: { may: ['deleted_ty'] },
};

/** The schema as it is kept; throws `invalid_metadata_schema`. */
export function checkMetadataSchema(given: MetadataSchema): MetadataSchema {
  return Object.fromEntries(
    Object.entries(given).map(([key, type]) => {
      checkKey(key);
      const { deleted_ty, ...rest } = type;
      if (deleted_ty && type.ty === 'tombstone')
        return [key, { ty: type.ty, deleted_ty: checkType(key, deleted_ty) }];
      return [key, checkType(key, deleted_ty ? type : rest)];
    }),
  );
}

function checkKey(key: string): void {
  // The reserved root key holds settings, and no value that could have a type.
  const problem = key === '$encord' ? 'starts with "$"' : clientMetadataProblem({ [key]: null });
  if (problem !== null)
    refuse(
      key,
      `is no key: ${problem === 'starts with "$"' ? 'it starts with "$"' : problem} Use letters, digits, "-", "_", " " and ".".`,
    );
}

function checkType<Type extends MetadataKeyType | LiveType>(key: string, type: Type): Type {
  const { may, must } = members[type.ty];
  // The official client writes null for what it has not.
  const given = Object.entries(type).filter(([, value]) => value !== null && value !== undefined);
  const stranger = given.find(([name]) => name !== 'ty' && !may.some((allowed) => allowed === name));
  if (stranger) refuse(key, `has "${stranger[0]}", which is no part of the type "${type.ty}". Leave it out.`);
  if (must !== undefined && type[must] === undefined)
    refuse(key, `is of the type "${type.ty}" and lacks "${must}". Give it.`);
  checkValues(key, type.values ?? []);
  return Object.fromEntries(given) as Type;
}

function checkValues(key: string, values: readonly string[]): void {
  const twice = values.find((value, index) => values.indexOf(value) !== index);
  if (twice !== undefined) refuse(key, `lists the value ${JSON.stringify(twice)} twice. List it once.`);
  if (!values.every(isStorable))
    refuse(key, 'lists a value with a NUL character or half of a surrogate pair. Remove it.');
}

/** Throws `invalid_metadata_schema` about one key. */
export function refuse(key: string, problem: string): never {
  const shown = JSON.stringify(key.length > 80 ? `${key.slice(0, 80)}…` : key);
  throw new LatchkeyError('invalid_metadata_schema', `${shown} ${problem} Nothing was changed.`, {
    details: { key },
  });
}
