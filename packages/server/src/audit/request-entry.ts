import type { AuditEntry, AuditSubjectType } from '@latchkey/db/audit/writer';
import { uuidPattern } from '../http/stored-text.js';

type Subject = Pick<AuditEntry, 'subjectType' | 'subjectId'>;
type Fields = Readonly<Record<string, unknown>>;

/** What the params of a route name, the most particular first. */
const paramSubjects: readonly (readonly [string, AuditSubjectType])[] = [
  ['itemUuid', 'item'],
  ['jobUuid', 'upload-job'],
  ['folderUuid', 'folder'],
  ['integrationUuid', 'integration'],
  ['datasetUuid', 'dataset'],
  ['groupHash', 'group'],
  ['userUuid', 'user'],
  ['exportUuid', 'export'],
  ['passkeyUuid', 'passkey'],
  ['keyUuid', 'key'],
  ['tokenUuid', 'key'],
  ['webhookUuid', 'webhook'],
  ['sessionUuid', 'session'],
  ['linkUuid', 'one-time-link'],
];

/** What a new object is called in the answer, by the action that made it. */
const madeSubjects: Readonly<Record<string, readonly [string, AuditSubjectType]>> = {
  'folder.create': ['uuid', 'folder'],
  'integration.create': ['integrationUuid', 'integration'],
  'dataset.create': ['datasetUuid', 'dataset'],
  'user.create': ['uuid', 'user'],
  'passkey.add': ['uuid', 'passkey'],
  'key.add': ['uuid', 'key'],
  'token.create': ['uuid', 'key'],
  'webhook.create': ['webhookUuid', 'webhook'],
};

export const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {};

/** What a request is about: what its path names, else what its answer made. */
export function subjectOf(action: string, params: Fields, answer: unknown): Subject {
  for (const [param, subjectType] of paramSubjects) {
    const id = uuidIn(params, param);
    if (id !== null) return { subjectType, subjectId: id };
  }
  const [field, subjectType] = madeSubjects[action] ?? ['', 'route'];
  return { subjectType, subjectId: uuidIn(fieldsOf(answer), field) };
}

function uuidIn(fields: Fields, name: string): string | null {
  const value = fields[name];
  return typeof value === 'string' && uuidPattern.test(value) ? value.toLowerCase() : null;
}

/** What a change was about: the names of the fields and the objects of a bulk change, never a value. */
export function changeDetails(body: unknown): Fields {
  const { itemPatches, folderPatches, ...others } = fieldsOf(body);
  const fields = Object.keys(others).sort();
  return {
    ...(fields.length > 0 && { fields }),
    ...(itemPatches !== undefined && { itemUuids: Object.keys(fieldsOf(itemPatches)) }),
    ...(folderPatches !== undefined && { folderUuids: Object.keys(fieldsOf(folderPatches)) }),
  };
}
