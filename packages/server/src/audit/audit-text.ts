import type { AuditEntry } from '@latchkey/contract/schemas/audit';
import { csvLine } from '../http/csv-line.js';

type Pages = AsyncIterable<readonly AuditEntry[]>;

const columns = [
  'at',
  'actor',
  'actorUuid',
  'action',
  'subjectType',
  'subjectUuid',
  'details',
  'position',
  'hash',
  'entryUuid',
] as const;

const cellsOf = (entry: AuditEntry) => [
  entry.at,
  entry.actor?.email ?? null,
  entry.actor?.uuid ?? null,
  entry.action,
  entry.subjectType,
  entry.subjectUuid,
  JSON.stringify(entry.details),
  entry.position,
  entry.hash,
  entry.entryUuid,
];

export async function* auditCsv(pages: Pages): AsyncGenerator<string, void, undefined> {
  yield csvLine(columns);
  for await (const entries of pages) yield entries.map((entry) => csvLine(cellsOf(entry))).join('');
}

export async function* auditNdjson(pages: Pages): AsyncGenerator<string, void, undefined> {
  for await (const entries of pages) yield entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
}
