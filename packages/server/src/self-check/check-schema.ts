import { DatabaseError } from '@latchkey/db/engine/errors';
import type { Executor } from '@latchkey/db/engine/executor';
import { getSchemaState } from '@latchkey/db/migrate/migrate';
import { countOf } from '../http/count-of.js';
import { type Finding, failure, ok } from './check-result.js';

export interface CheckedSchema {
  readonly finding: Finding;
  /** Whether the tables are those that this version reads. */
  readonly isCurrent: boolean;
}

export async function checkSchema(db: Executor): Promise<CheckedSchema> {
  try {
    const { applied, pending } = await getSchemaState(db);
    if (applied.length === 0)
      return { finding: ok('empty; its tables are made at the first start'), isCurrent: false };
    if (pending.length === 0)
      return { finding: ok(`at ${applied.at(-1)}, which is current`), isCurrent: true };
    const count = countOf(pending.length, 'migration', 'migrations');
    return { finding: ok(`at ${applied.at(-1)}; the next start runs ${count}`), isCurrent: false };
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    return { finding: failure(error.message, 'docs/upgrade.md says how to go on.'), isCurrent: false };
  }
}
